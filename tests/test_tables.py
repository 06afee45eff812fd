"""Tables: what officers type is read, what is wrong is told at its place."""
from pathlib import Path
import pytest
from graph.errors import RecordsInvalid
from ingest.tables import read_tables
from tests.malformed_tables import BASE, CASES, Malformed

def lay(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder

def test_the_base_is_sound(tmp_path: Path) -> None:
    assert len(read_tables(lay(tmp_path, dict(BASE)))) == 2

@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_malformed_table(case: Malformed, tmp_path: Path) -> None:
    folder = lay(tmp_path, {**BASE, case.file: case.data})
    with pytest.raises(RecordsInvalid) as caught:
        read_tables(folder)
    told = [(Path(p.file).name, p.line, p.column, p.code) for p in caught.value.problems]
    assert told == [(case.file, case.line, case.column, case.code)], str(caught.value)
