"""The tables: the log, what it folds to, and the keyring beside it.

The log is the truth. Every other table of the record is a projection: `portico rebuild` makes it again from the log.
A projected row says from which entry on we held it, and until which: `since`, `until` are sequence numbers of entries.
"""

from django.db import models

_ID = 200  # longest id of the log's header, see custody


class Entry(models.Model):  # type: ignore[misc]  # Django has no types
    """One line of the log: the fields of `custody.Entry`, and the payload that its commitment is over.

    payload  canonical JSON; guarded parts are ciphertext. An erasure may put a payload without the person's words in
             its place; the entry of the erasure then holds the commitment to that one.
    """

    # An automatic field is the row's own number in SQLite, which saves an index; we always give the value.
    sequence = models.BigAutoField(primary_key=True)
    at = models.CharField(max_length=32, db_index=True)
    actor = models.CharField(max_length=_ID)
    type = models.CharField(max_length=_ID)
    subject = models.CharField(max_length=_ID, db_index=True)
    commitment = models.BinaryField()
    leaf = models.BinaryField()
    payload = models.BinaryField()


class Head(models.Model):  # type: ignore[misc]
    """The end of the log: one row, the frontier of its tree."""

    id = models.SmallIntegerField(primary_key=True)
    frontier = models.BinaryField()


class Identity(models.Model):  # type: ignore[misc]
    """Which record this is: one row, written when it is made.

    origin   the log's name in its checkpoints
    public   X25519 key that data keys are sealed to
    log_key  Ed25519 key that checkpoints are signed with, in its usual text form
    """

    id = models.SmallIntegerField(primary_key=True)
    origin = models.CharField(max_length=_ID)
    public = models.BinaryField()
    log_key = models.TextField()


class Checkpoint(models.Model):  # type: ignore[misc]
    """A signed note over the log as it stood at one size."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()


class Held(models.Model):  # type: ignore[misc]
    """A row that we held from one entry until another.

    since  the entry from which on it was held; until the entry that ended it, None while it is held
    entry  the entry that says what it is
    """

    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    entry = models.BigIntegerField()

    class Meta:
        abstract = True


class Received(Held):
    """A document that was received. key: the subject of its data keys when it is private, else empty."""

    source = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=_ID, default="")
    erased = models.BooleanField(default=False)
    original_removed = models.BooleanField(default=False)


class Told(Held):
    """What a document tells: an account, statement, action or statistic. person: the subject of an account's keys."""

    told = models.CharField(max_length=_ID, db_index=True)
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=64, db_index=True)
    position = models.IntegerField()
    person = models.CharField(max_length=_ID, default="")
    erased = models.BooleanField(default=False)


class Decided(Held):
    """The decision about a claim that holds."""

    claim = models.CharField(max_length=_ID, db_index=True)
    account = models.CharField(max_length=_ID, db_index=True)
    decision = models.CharField(max_length=16)


class Linked(Held):
    """The incident of an account that was linked with others. One without a row is an incident of its own."""

    account = models.CharField(max_length=_ID, db_index=True)
    incident = models.CharField(max_length=_ID, db_index=True)


class Confirmed(Held):
    """How far people have confirmed an incident."""

    incident = models.CharField(max_length=_ID, db_index=True)
    verification = models.CharField(max_length=16)


class Salt(models.Model):  # type: ignore[misc]
    """Keyring: the salt of an entry's commitment. Destroyed where an erasure takes the payload away."""

    sequence = models.BigAutoField(primary_key=True)
    salt = models.BinaryField()


class SessionKey(models.Model):  # type: ignore[misc]
    """Keyring: the key of one writing session, sealed to the record's public key; it seals that session's data keys."""

    id = models.CharField(max_length=_ID, primary_key=True)
    sealed = models.BinaryField()


class DataKey(models.Model):  # type: ignore[misc]
    """Keyring: a data key of a person or of a private document (its subject), sealed under a session key."""

    id = models.CharField(max_length=_ID, primary_key=True)
    subject = models.CharField(max_length=_ID, db_index=True)
    session = models.CharField(max_length=_ID)
    sealed = models.BinaryField()


PROJECTIONS: tuple[type[Held], ...] = (Received, Told, Decided, Linked, Confirmed)
KEYRING: tuple[type[models.Model], ...] = (Salt, SessionKey, DataKey)
