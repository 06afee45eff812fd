"""The currencies in use: the codes of ISO 4217 that stand for money today.

Codes of metals, bond units, tests and of no currency at all are left out.
"""

from __future__ import annotations

from difflib import get_close_matches

_IN_USE = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN
BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR
FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XCD XCG XDR XOF
XPF XSU XUA YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_IN_USE.split())
"""The codes as of January 2026 (amendment 180), when the euro replaced BGN."""

_HISTORIC = """
AFA ANG ATS AZM BEF BGN BYR CSD CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL
MGF MRO MTL MZM NLG PTE ROL RUR SDD SIT SKK SLL SRG STD TMM TRL USS VEB VEF XEU YUM ZMK ZWD
ZWL ZWR
"""
_WITHDRAWN = frozenset(_HISTORIC.split())
"""Those that deals of the last decades may have been told in: named in the error, not taken."""
_SLIPS = {"RMB": "CNY", "WON": "KRW", "YEN": "JPY", "NTD": "TWD"}
_USUAL = ("USD", "EUR", "KRW", "JPY", "CNY", "GBP", "VND", "IDR", "THB", "INR")


def known_currency(code: str) -> str:
    """The code; ValueError says what is wrong with one that is none in use."""
    if code in CURRENCIES:
        return code
    if code in _WITHDRAWN:
        raise ValueError(f"{code} is a currency that is no longer in use")
    near = nearest(code)
    raise ValueError(f"{code!r} is no currency{f'; did you mean {near}?' if near else ''}")


def nearest(code: str) -> str | None:
    """The code that was probably meant: of those as near as each other a usual one."""
    if code in _SLIPS:
        return _SLIPS[code]
    for codes in (_USUAL, sorted(CURRENCIES)):
        if near := get_close_matches(code, codes, 1):
            return near[0]
    return None
