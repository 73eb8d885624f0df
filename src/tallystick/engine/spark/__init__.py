"""The same kernel over the same buckets, spread by Apache Spark; needs the extra `spark`."""
