"""Published figures, each computed from the tables of a record and compared with what was printed."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portico.counting import CountError, StoredRows, TableDefinition, table_definitions
from portico.counting.published import Cells, OwnTotals, Publication, PublishedFigure, PublishedFile
from portico.counting.reproducing import Compared, Reproduced, Status, compare, compare_fingerprints, values_of
from portico.counting.tabulate import rows_where, tabulate
from portico.engines.published_files import beside, codes_in, counts_in, published_file, recoded
from portico.engines.tabulated import NotImportedError, count_tables, stored_rows
from portico.places import Answers
from portico.tables import import_reports

_SHOWN_ROWS = 5


def reproduce(
    tables: Path | str,
    publications: Sequence[Publication],
    published: Path | None = None,
    placing: Callable[[], None] = lambda: None,
    answers: Callable[[], Answers] = dict,
) -> Iterator[Reproduced]:
    """What came of every published figure, in order.

    tables     the folder of imported tables
    published  a folder with files that publishers put out and Portico does not carry; None = there is none
    placing    called before landmarks are placed for the first time
    answers    gives what people said of landmarks whose words leave it open
    Raises PublishedFileError if a file of such a name has another content.
    """
    for publication in publications:
        for figure in publication.figures:
            yield _Trial(Path(tables), publication, figure, published, placing, answers).run()


@dataclass(frozen=True, slots=True)
class _Trial:
    """One figure against the tables of a record."""

    tables: Path
    publication: Publication
    figure: PublishedFigure
    published: Path | None
    placing: Callable[[], None]
    answers: Callable[[], Answers]

    @property
    def definition(self) -> TableDefinition:
        return table_definitions()[self.figure.definition]

    def run(self) -> Reproduced:
        file = published_file(self.figure.file, self.published)
        if self._codes_file and file is None:
            needs = f"It needs the publisher's file {self._codes_file.name}, which Portico does not carry."
            return self._told("not_compared", needs, do="Give the folder it is in with --published DIR.")
        try:
            stored = stored_rows(self.tables, self.definition)
            made = tabulate(self.definition, stored, by=self.figure.by, where=self.figure.where)
            compared = self._compared(
                self._got(values_of(made), file), file, made.total.count, self._explaining(stored)
            )
        except NotImportedError:
            return self._told("not_imported", f"No table {self.definition.table} was imported.", do=self._import())
        except CountError as missing:  # the table is there, but none of the rows that the figure speaks of
            return self._told("not_imported", f"Of {self.definition.table}: {missing}", do=self._import())
        return replace(
            self._told(compared.status),
            expected=compared.expected,
            got=compared.got,
            cells=compared.cells,
            equal=compared.equal,
            left_out=0 if self._codes_file else made.total.count - compared.got,
            differences=compared.differences,
            because=self._because(compared, file),
            rows=self._rows(stored) if compared.differences else (),
            do=self._import() if compared.status == "differs" else None,
        )

    def _got(self, got: Cells, file: bytes | None) -> Cells:
        """Our figures, under the publisher's codes where it has some."""
        codes = self._codes_file
        return recoded(got, codes_in(codes, file)) if codes and file is not None else got

    @property
    def _codes_file(self) -> PublishedFile | None:
        file = self.figure.file
        return file if file and file.codes else None

    def _compared(self, got: Cells, file: bytes | None, total: int, explaining: int | None) -> Compared:
        figure = self.figure
        if figure.file and figure.file.count and file is not None:
            return compare(figure, counts_in(figure.file, file), got, total=total, explaining=explaining)
        if figure.fingerprint:
            return compare_fingerprints(figure.fingerprint, got)
        if figure.own:
            return compare(figure, self._own(figure.own), got, total=total, explaining=explaining)
        printed = figure.cells.items() if figure.cells else [("", figure.total or 0)]
        cells = {tuple(filter(None, key.split("|"))): count for key, count in printed}
        return compare(figure, cells, got, total=total, explaining=explaining)

    def _own(self, own: OwnTotals) -> Cells:
        made = count_tables(self.tables, own.definition(), by=[own.by])
        return {(own.written[key],): count for (key,), count in values_of(made).items() if key in own.written}

    def _explaining(self, stored: StoredRows) -> int | None:
        reason = self.figure.explained
        if reason is None or not reason.rows:
            return None
        return tabulate(self.definition, stored, where={**self.figure.where, **reason.rows}).total.count

    def _rows(self, stored: StoredRows) -> tuple[str, ...]:
        """Where the first rows of each cell stand that the reason names."""
        reason = self.figure.explained
        named = [(name, cell) for name, cells in (reason.rows if reason else {}).items() for cell in cells]
        return tuple(f"{name} {cell}: {self._places(stored, name, cell)}" for name, cell in named)

    def _places(self, stored: StoredRows, name: str, cell: str) -> str:
        names = {file.sha256: file.name for report in import_reports(self.tables) for file in report.files}
        rows: dict[str, list[str]] = defaultdict(list)
        for file, sheet, row in rows_where(self.definition, stored, {**self.figure.where, name: (cell,)}, _SHOWN_ROWS):
            rows[" ".join(filter(None, [names.get(file, file), sheet]))].append(str(row))
        return "; ".join(f"{file}, rows {', '.join(numbers)}" for file, numbers in rows.items()) + ", …"

    def _because(self, compared: Compared, file: bytes | None) -> str | None:
        codes = self._codes_file
        if codes and file is not None:
            return beside(self._placed(), codes_in(codes, file))
        if compared.status != "differs":
            return compared.because
        reports = [each for each in import_reports(self.tables) if each.profile == self.definition.profile]
        files = sorted({file.name for report in reports for file in report.files})
        held = f"Imported are {', '.join(files)}."
        return f"{compared.because} {held}" if compared.because else held

    def _placed(self) -> Cells:
        """Landmark and our county → rows."""
        landmark, *_ = self.figure.by
        made = count_tables(
            self.tables,
            self.definition,
            by=[landmark, "county"],
            where=self.figure.where,
            placing=self.placing,
            answers=self.answers,
        )
        return {tuple(cell.words for cell in row.cells): row.count for row in made.rows}

    def _import(self) -> str:
        return f"Import what is missing: portico import {self.definition.profile} FILE… --yes"

    def _told(self, status: Status, because: str | None = None, do: str | None = None) -> Reproduced:
        source, figure = self.publication, self.figure
        return Reproduced(
            id=figure.id,
            says=figure.says,
            title=source.title,
            publisher=source.publisher,
            address=source.address,
            definition=figure.definition,
            status=status,
            because=because,
            do=do,
        )
