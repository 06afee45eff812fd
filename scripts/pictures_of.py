"""What `scripts/pictures.py` draws: records to load, and the pages to see of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ingest.inputs import named, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ingest.inputs import Input

STRAINED = Path(__file__).resolve().parent.parent / "tests/data/strained.yaml"

GIVEN: Mapping[str, Callable[[], Sequence[Path | Input]] | None] = {
    "articles": lambda: named("articles"),
    "world": shipped,
    "strained": lambda: (STRAINED,),
    "empty": None,
}
"""What is loaded: five articles, all that ships, long names and large amounts, nothing."""

_LONG = "산타마리아데라스누베스이델로스리오스그란데스시"

PAGES: Mapping[str, Mapping[str, str]] = {
    "articles": {
        "home": "/",
        "search": "/?q=진주",
        "search-none": "/?q=없는이름",
        "answer": "/?partner=반둥",
        "answer-of-home": "/?partner=반둥&home=수원시",
        "answer-together": "/?partner=땅그랑",
        "answer-unnamed": "/?partner=창사",
        "answer-unread": "/?partner=파당시",
        "ties": "/ties?city=청주시",
        "path": "/path?from=아라소프트&to=땅그랑",
        "path-none": "/path?from=아라소프트&to=로스앤젤레스&max_hops=2",
        "gaps": "/gaps?city=청주시",
        "city": "/entities/city:Q20714",
        "partner": "/entities/city:Q10389",
        "firm": "/firm/xn--oi2bw4qt3cxps8vc.kr.Q42144",
        "firm-with-amounts": "/firm/xn--2i0b75t90l.kr.xn--2e0bl66b3ub.Q20714.kr",
        "organization": "/organization/kotra-xn--ht4bi2u9jbx3c-xn--zb0b92ykli.uz.Q269",
        "deal": "/deal/suwon-2008.greenzone-jth",
        "source": "/source/suwon-2008",
        "country": "/country/ID",
        "graph": "/view?center=수원시",
        "map": "/view?center=수원시&as=map",
        "matrix": "/view?center=수원시&as=matrix",
        "table": "/view?center=수원시&as=table",
        "graph-path": "/view?center=아라소프트&path=땅그랑",
        "brief": "/brief?partner=반둥",
        "embed": "/embed?center=수원시",
        "file": "/view.html?center=수원시",
        "missing": "/city/Q1",
        "wrong": "/view",
        "wrong-kind": "/ties?city=그린존",
        "api": "/docs",
    },
    "world": {
        "home": "/",
        "search": "/?q=이스탄",
        "ambiguous": "/ties?city=산티아고",
        "answer": "/?partner=반둥",
        "answer-hub": "/?partner=이스탄불",
        "ties-hub": "/ties?city=이스탄불",
        "gaps-all": "/gaps",
        "city-hub": "/entities/city:Q8686",
        "city": "/entities/city:Q20714",
        "source": "/source/wikidata-p190-2022",
        "path": "/path?from=수원시&to=부산광역시",
        "graph": "/view?center=수원시",
        "graph-hub": "/view?center=이스탄불",
        "map": "/view?center=수원시&as=map",
        "map-hub": "/view?center=이스탄불&as=map",
        "map-whole": "/view?center=부산광역시&as=map&show=whole",
        "map-far": "/view?center=부산광역시&as=map&show=far",
        "matrix": "/view?center=부산광역시&as=matrix",
        "table": "/view?center=부산광역시&as=table",
        "brief": "/brief?partner=반둥",
        "brief-hub": "/brief?partner=이스탄불",
    },
    "strained": {
        "answer": f"/?partner={_LONG}",
        "firm": "/view?center=한빛누리바이오메디컬첨단소재융합기술주식회사&as=table",
        "city": "/entities/source:strained",
        "ties": f"/ties?city={_LONG}",
        "gaps": "/gaps?city=가나다라특별자치도",
        "graph": "/view?center=가나다라특별자치도",
        "map": "/view?center=가나다라특별자치도&as=map",
        "matrix": "/view?center=가나다라특별자치도&as=matrix",
        "brief": f"/brief?partner={_LONG}",
    },
    "empty": {"home": "/", "gaps": "/gaps", "search": "/?q=반둥"},
}
"""The addresses to see, by a name for the file."""
