"""Currencies: the active codes of ISO 4217, and how many decimals each has."""

from collections.abc import Mapping

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem

_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

DECIMALS: Mapping[str, int] = {
    code: decimals
    for decimals, codes in ((2, _TWO), (0, _NONE), (3, _THREE))
    for code in codes.split()
}
"""How many decimals an amount in a currency has."""


def read_currency(value: object) -> str:
    """Return the code if it is one of ISO 4217, such as `EUR`."""
    if isinstance(value, str) and value in DECIMALS:
        return value
    raise problem(
        "agreement.unknown-currency",
        f"{str(value)[:80]!r} is not a currency of ISO 4217",
        did_you_mean(value, sorted(DECIMALS)) + " Codes look like EUR.",
    )
