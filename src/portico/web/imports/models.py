"""Imports as the desk keeps them. Not the record: what was taken in stands there, as one batch.

A file is sealed with the desk's own key, piece by piece, before anything looks into it; once the record has it under
its own key the pieces are gone. Mappings and reports are sealed too: they may quote words of cells.
"""

import hashlib
import io
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from portico.custody import LockedError, decrypt, encrypt
from portico.facts import from_json, to_json
from portico.web.access.models import User
from portico.web.imports.cells import Corrections
from portico.web.imports.mapping import SheetMapping
from portico.web.imports.report import ImportReport

PIECE = 1 << 20
NEW, MAPPED, CHECKED, TAKING, TAKEN, UNDONE = "new", "mapped", "checked", "taking", "taken", "undone"
Kept = TypeVar("Kept", SheetMapping, ImportReport, Corrections)
_NAMES = {SheetMapping: "mapping", ImportReport: "report", Corrections: "corrections"}


def _aad(what: str, number: int, piece: int = 0) -> bytes:
    """Moved to another row or place, a ciphertext no longer opens."""
    return f"portico desk import {what} {number} {piece}".encode()


class Import(models.Model):
    """One file of reports on its way into the record, and what became of it.

    state    new: nobody looked; mapped: its columns have a meaning; checked: a person sees what would happen;
             taking: rows go in; taken; undone
    keep_partly  rows with a cell that could not be read come in without that cell; else they stay out
    saved    the mapping of an earlier file that was used
    corrections  what people say instead of cells that could not be read, see `cells`
    batch    of the record, for undoing; parts, rows: what of it is in, for going on after a crash
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.BinaryField(default=b"")
    size = models.BigIntegerField()
    state = models.CharField(max_length=8, default=NEW)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)
    mapping = models.BinaryField(default=b"")
    report = models.BinaryField(default=b"")
    corrections = models.BinaryField(default=b"")
    saved = models.ForeignKey("SavedMapping", null=True, on_delete=models.SET_NULL)
    like = models.ForeignKey("Import", null=True, on_delete=models.SET_NULL)
    keep_partly = models.BooleanField(default=False)
    batch = models.CharField(max_length=40, default="")
    parts = models.IntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    ended = models.DateTimeField(null=True)

    @classmethod
    def seal(cls, name: str, chunks: Iterable[bytes], *, by: User) -> "Import":
        """A file as it came: hashed and sealed, each piece bound to its place."""
        with transaction.atomic():
            made = cls.objects.create(sha256="", size=0, by=by)
            digest, size = hashlib.sha256(), 0
            for number, piece in enumerate(_pieces(chunks)):
                digest.update(piece)
                size += len(piece)
                sealed = encrypt(settings.PORTICO_SEALING, piece, _aad("piece", made.pk, number))
                Piece.objects.create(of=made, number=number, sealed=sealed)
            made.sha256, made.size, made.batch = digest.hexdigest(), size, f"b-{secrets.token_hex(8)}"
            made.name = encrypt(settings.PORTICO_SEALING, name.encode(), _aad("name", made.pk))
            made.save()
        return made

    def chunks(self) -> Iterator[bytes]:
        """The bytes as they came, a piece at a time. Raises LockedError if one piece is not what was sealed."""
        pieces = self.pieces.order_by("number").values_list("number", "sealed")
        for number, sealed in pieces.iterator(chunk_size=1):
            yield decrypt(settings.PORTICO_SEALING, bytes(sealed), _aad("piece", self.pk, number))

    def content(self) -> bytes:
        """The same whole, and at no moment twice."""
        whole = io.BytesIO()
        whole.writelines(self.chunks())
        return whole.getvalue()

    @property
    def file_name(self) -> str:
        """As it was called; its hash if the desk has another key now."""
        try:
            return decrypt(settings.PORTICO_SEALING, bytes(self.name), _aad("name", self.pk)).decode()
        except LockedError:
            return self.sha256[:16]

    @property
    def sheet(self) -> SheetMapping | None:
        """What its columns tell; None before somebody or something said."""
        return self._opened("mapping", self.mapping, SheetMapping)

    @property
    def told(self) -> ImportReport | None:
        """What became of its rows; None before they were looked at."""
        return self._opened("report", self.report, ImportReport)

    @property
    def corrected(self) -> Corrections:
        """The cells that people corrected."""
        return self._opened("corrections", self.corrections, Corrections) or Corrections()

    def keep(self, kept: SheetMapping | ImportReport | Corrections) -> None:
        """Seals a mapping, a report or corrections into their place; `save` stores them."""
        what = _NAMES[type(kept)]
        setattr(self, what, encrypt(settings.PORTICO_SEALING, to_json(kept), _aad(what, self.pk)))

    def _opened(self, what: str, sealed: bytes, kind: type[Kept]) -> Kept | None:
        if not sealed:
            return None
        try:
            opened = decrypt(settings.PORTICO_SEALING, bytes(sealed), _aad(what, self.pk))
        except LockedError:
            return None
        return from_json(opened, kind)


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


class Piece(models.Model):
    """A sealed piece of a file."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of", "number"], name="one_piece_of_a_number"),)


class TakenPart(models.Model):
    """A part of an import that is in the record: which document, and how many accounts it made."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="taken_parts")
    number = models.IntegerField()
    source = models.CharField(max_length=64)
    accounts = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["of", "number"], name="one_part_of_a_number"),)


class SavedMapping(models.Model):
    """A mapping kept for the next file with the same headings. form: of the headings, see `SheetMapping.form`."""

    name = models.CharField(max_length=100, unique=True)
    form = models.CharField(max_length=40, db_index=True)
    sealed = models.BinaryField(default=b"")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    @classmethod
    def save_as(cls, name: str, mapping: SheetMapping, *, by: User) -> "SavedMapping":
        """Keeps it; one of the same name is replaced. Without samples: they are of one file."""
        plain = replace(mapping, columns=tuple(replace(each, samples=(), ask="") for each in mapping.columns))
        made, _ = cls.objects.get_or_create(name=name, defaults={"form": mapping.form})
        made.form, made.by, made.at = mapping.form, by, timezone.now()
        made.sealed = encrypt(settings.PORTICO_SEALING, to_json(plain), _aad("saved", made.pk))
        made.save()
        return made

    @property
    def sheet(self) -> SheetMapping:
        return from_json(decrypt(settings.PORTICO_SEALING, bytes(self.sealed), _aad("saved", self.pk)), SheetMapping)
