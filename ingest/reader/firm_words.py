"""The words around and inside the names of firms: what marks one, and what is none."""

from __future__ import annotations

import re

from ingest.reader.words import words

MARK = r"㈜|\(\s?주\s?\)|\(\s?유\s?\)|주식회사|유한회사"
ENDINGS = (
    "식품|푸드|푸드시스템|테크|하이테크|텍|하이텍|테크놀로지|바이오|바이오텍|바이오테크|코리아|"
    "산업|전자|화학|정밀|기계|기공|제약|팜|"
    "메디칼|메디컬|메디|메드|코스메틱|코스메틱스|코스|화장품|엔지니어링|시스템|시스템즈|글로벌|"
    "인터내셔널|인터내셔날|컴퍼니|"
    "에프앤비|에프엔비|에프앤씨|농산|수산|제과|물산|상사|무역|소프트|소프트웨어|랩|랩스|케미칼|"
    "케미컬|전기|통신|정공|공업|금속|"
    "세라믹|세라믹스|뷰티|생활건강|헬스케어|헬스|솔루션|솔루션즈|네트웍스|네트워크|미디어|"
    "홀딩스|그룹|트레이딩|이엔지|이앤지|"
    "아이앤씨|씨앤씨|씨엔씨|티앤씨|앤씨|이앤씨|이엔씨|로보틱스|로봇|패션|어패럴|텍스|텍스타일|"
    "섬유|모직|염직|주얼리|가구|퍼니처|"
    "목재|제지|플라스틱|라이팅|조명|엘이디|광학|옵틱스|옵틱|렌즈|반도체|에너지|솔라|파워|"
    "모터스|오토|중공업|해양|마린|건설|"
    "환경|에코|그린|워터|농원|농장|팜스|인삼|홍삼|한과|떡집|김치|양조|주조|양조장|다원|제다|"
    "커피|베이커리|제빵|유업|축산|미트|"
    "양봉|영농조합|영농조합법인|농협|조합공동사업법인|조공법인|협동조합|수협|라이프|월드|"
    "테크윈|시스|닉스|로직스|론|엔텍|이노텍|"
    "인더스트리|인더스트리즈|프로덕츠|프로|플러스|에이드|케어|랜드|마을|본가|바이온|젠|"
    "제네틱스|사이언스|머티리얼즈|소재|디앤씨|앤비|네이처|"
    "내추럴|오가닉|토이|완구|스포츠|골프|레저산업|캠핑|피앤씨|에스티|아이티|아이엔지|유통|제분|"
    "제면|식품공업|종묘|원예|난농원|정보통신|정보기술|광산업|산업사"
)
HAS_ENDING = re.compile(rf"[가-힣A-Za-z0-9&]+(?:{ENDINGS})$")
GENERIC = words("goods")
"""Kinds of goods and trades, and other words that stand in lists as firms do."""
NOUNS = words("nouns")
"""Words that stand where the name of a firm may stand, and name none."""
_TAILS = re.compile(
    r"(?:사절단|개척단|촉진단|대표단|방문단|파견단|참가단|교류단|상담회|박람회|전시회|설명회|"
    r"간담회|세미나|포럼|대회|축제|협의회|위원회|협회|연합회|상공회의소|상의|재단|"
    r"진흥원|진흥공단|공단|공사|관리원|연구원|연구소|대학교|대학|고등학교|학교|병원|은행|"
    r"대사관|총영사관|영사관|무역관|센터|본부|지부|지회|사무소|사무국|정부|시청|군청|구청|도청|"
    r"의회|"
    r"경찰서|소방서|박물관|미술관|도서관|시장|군수|구청장|지사|관계자|담당자|참가자|참석자|"
    r"책임자|과장|국장|팀장|단장|위원장|이사장|대표|실적|성과|계약|상담|협약|협정|결연|협력|"
    r"교류|체결|수출액|"
    r"상담액|계약액|매출|(?:업체|기업|회사)인|지원|사업|정책|계획|목표|규모|금액|제품|상품|"
    r"품목|용품|가공품|부품|"
    r"기기|장비|자재|소재|원료|업체|기업|회사|업체들|기업들|바이어|바이어들|업계|산업계|분야|"
    r"지역|도시|시장성|"
    r"농가|농민|어민|상인|주민|시민|학생|고객|소비자|(?:자|인|체|업|어|이|품|농|생|장|원)들|때|"
    r"후|전|중|등|씨|님|여사|박사|교수|의원|장관|대사|영사)$"
)
_VERBAL = re.compile(
    r"(?:하는|되는|있는|없는|같은|위한|대한|통한|관한|따른|인한|했던|하던|하고|하며|하여|해서|"
    r"했다|된다|한다|하게|하기|했고|했으며|되고|되며|하면|지만|으며|면서|라며|이며|로서|로써|"
    r"에서|에게|까지|부터|에선|에는|에도|보다|처럼|만큼|마다|"
    r"적인|적으로|스러운|로운|다운|지난|어떤|이런|그런|[가-힣]한|[가-힣]된|[가-힣]될|[가-힣]할|"
    r"(?:었|았|했|됐|렸|였|났|냈|혔|졌|갔|왔)(?:고|으며|다|는데|지만|던)|[가-힣]{2,}(?:면서|"
    r"려고|도록|다가|자마자)|[가-힣](?:하다|되다|이다)|달했다)$"
)
_PRODUCT = re.compile(
    r"^(?:건강|가공|농수산|수산|농산|냉동|기능성|발효|전통|기초|색조|천연|유기농|친환경|산업용|"
    r"자동차|자동차용|선박|선박용|전기|전자|의료|정밀|생활|주방|미용|유아|애완|반려동물|건축|"
    r"건설|환경|농업용?|스포츠|레저|낚시|캠핑|골프|차량용|가정용|휴대용|LED|IT|K-?)+"
    r"(?:식품|제품|용품|부품|기기|기계|자재|장비|설비|산업|화학|뷰티|패션|의류|화장품|가구|"
    r"조명|소재|건설|환경|바이오|에너지|류|품)$"
)


def is_name(word: str) -> bool:
    """Whether a word may be the name of a firm by its form."""
    if not 2 <= len(word) <= 24 or word in NOUNS or word in GENERIC:
        return False
    if re.fullmatch(r"[A-Z]사?", word) or re.match(
        r"총?\d+\s?(?:개|곳|여|명|건|년|월|일|차|회|만|억|천|위|대|층|%)", word
    ):
        return False
    if word.isdigit() or not re.fullmatch(r"[가-힣A-Za-z0-9&.\-+' ]+", word):
        return False
    stem = re.sub(r"(?:은|는|이|가|을|를|와|과|의|도|에|로)$", "", word)
    if stem != word and (stem in NOUNS or stem in GENERIC):
        return False
    if HAS_ENDING.fullmatch(word) and not _PRODUCT.match(word):
        return True
    return not (_TAILS.search(word) or _VERBAL.search(word) or _PRODUCT.match(word))


def has_ending(word: str) -> bool:
    """Whether a word ends as the names of firms do, and is no kind of goods."""
    if word in NOUNS or word in GENERIC or _PRODUCT.match(word):
        return False
    found = HAS_ENDING.fullmatch(word)
    return found is not None and len(word) >= 4 and not _stem_is_generic(word)


_END = re.compile(rf"^(.*?)(?:{ENDINGS})$")


def _stem_is_generic(word: str) -> bool:
    """Whether only a kind of goods stands before the ending, as in 자동차산업 and 농식품무역."""
    found = _END.match(word)
    stem = found[1] if found else word
    if stem in GENERIC or stem in NOUNS or len(stem) < 2:
        return True
    return _SECTOR.search(stem) is not None


_SECTOR = re.compile(
    r"(?:융합|전략|미래|첨단|주력|지역|전통|문화|관광|항공|우주|방위|뿌리|신|차|부품|정보|세계|"
    r"국제|공동|"
    r"국내|해외|글로벌|스마트|친환경|농업|농식품|식품|수산|소재|바이오|에너지|의료|뷰티|화장품|"
    r"섬유|"
    r"기계|전자|자동차|로봇|반도체|철강|조선|게임|콘텐츠|물류|유통|해양|생명|건강|자원|재생)$"
)
"""How words for a trade end before the ending that firms share with it: 광융합산업."""


COOPERATIVE = re.compile(
    r"(?:영농조합법인|영어조합법인|농업회사법인|조합공동사업법인|조공법인|"
    r"영농조합|[가-힣]{2,}협동조합|[가-힣](?:농협|수협|축협))$"
)
"""How the names of farmers' firms end, though they are bodies by the word."""
BODY = re.compile(
    r"(?:협회|연합회|협의회|상공회의소|상공회|상공인회|상의|재단|진흥원|진흥공단|공단|공사|"
    r"연구원|연구소|대학교|대학|학교|병원|은행|대사관|영사관|무역관|"
    r"센터|조합|위원회|협동조합|학회|총회|KOTRA|코트라|OKTA|옥타|월드옥타|aT|중진공|연맹|의회|"
    r"한인회|한상회|체육회|상인회|교육청|교육부|관광청|박물관|농협|본부|지회|지부|클럽|그룹|"
    r"사무국|컨소시엄|연합체|법인)$"
)
"""How the names of bodies that are no firm end."""
