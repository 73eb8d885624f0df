"""A Spark session that sends nothing anywhere but to its own master."""

import os
import sys

from pyspark.sql import SparkSession


def open_session(master: str) -> SparkSession:
    """
    Open a session on a master: `local[2]`, or the address of a cluster such as spark://host:7077.

    The pages of Spark are off; time is UTC. Stop it after use.
    """
    # Workers need this very package, under the same path on each of them.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("tallystick")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    if master.startswith("local"):
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
