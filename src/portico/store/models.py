"""The tables: the log, what it folds to, and the keyring beside it.

The log is the truth. Every other table of the record is a projection: `portico rebuild` makes it again from the log.
A projected row says from which entry on we held it, and until which: `since`, `until` are sequence numbers of entries.
"""

from django.db import models

_ID = 200  # longest id of the log's header, see custody
_DISPUTE = 1000  # longest of what a column of `Folded` holds


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

    class Meta:
        indexes = (models.Index(fields=("type",), name="entry_type"),)


class Stretch(models.Model):  # type: ignore[misc]
    """Entries of one batch that stand together: from this one on, until before the next stretch."""

    first = models.BigAutoField(primary_key=True)
    batch = models.CharField(max_length=_ID, db_index=True)


class About(models.Model):  # type: ignore[misc]
    """A thing that an entry is about beside its subject: an account, a person, a document."""

    thing = models.CharField(max_length=_ID, db_index=True)
    entry = models.BigIntegerField()


class Head(models.Model):  # type: ignore[misc]
    """The end of the log: one row, the frontier of its tree.

    followed  of how many entries `FOLLOWING` is made, see `behind`; None if it was never made
    """

    id = models.SmallIntegerField(primary_key=True)
    frontier = models.BinaryField()
    followed = models.BigIntegerField(null=True)


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
    """A document that was received.

    key         the subject of its data keys when it is private, else empty
    unsearched  its words print the name of somebody who was erased: the search does not read them
    """

    source = models.CharField(max_length=64, db_index=True)
    key = models.CharField(max_length=_ID, default="")
    erased = models.BooleanField(default=False)
    original_removed = models.BooleanField(default=False)
    unsearched = models.BooleanField(default=False)


class Told(Held):
    """What a document tells: an account, statement, action or statistic.

    person  the subject of an account's keys
    claims  how many an account was read with
    """

    told = models.CharField(max_length=_ID, db_index=True)
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=64, db_index=True)
    position = models.IntegerField()
    person = models.CharField(max_length=_ID, default="")
    claims = models.IntegerField(default=0)
    erased = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="told_person"),
            # Most rows are accounts: they cost the index nothing.
            models.Index(fields=("kind", "source"), condition=~models.Q(kind="account"), name="told_beside"),
        )


class Decided(Held):
    """The decision about a claim that holds."""

    claim = models.CharField(max_length=_ID, db_index=True)
    account = models.CharField(max_length=_ID, db_index=True)
    decision = models.CharField(max_length=16)


class Linked(Held):
    """The incident of an account that was linked with others. One without a row is an incident of its own."""

    account = models.CharField(max_length=_ID, db_index=True)
    incident = models.CharField(max_length=_ID, db_index=True)


class Apart(Held):
    """Two accounts that tell of different events. pair: both ids, the smaller first, with a space between."""

    pair = models.CharField(max_length=2 * _ID, db_index=True)
    one = models.CharField(max_length=_ID, db_index=True)
    other = models.CharField(max_length=_ID, db_index=True)


class Confirmed(Held):
    """How far people have confirmed an incident."""

    incident = models.CharField(max_length=_ID, db_index=True)
    verification = models.CharField(max_length=16)


class Consented(Held):
    """What a person, or who sent a document, said about one purpose. said: the subject and the purpose."""

    said = models.CharField(max_length=_ID + 20, db_index=True)
    subject = models.CharField(max_length=_ID, db_index=True)
    purpose = models.CharField(max_length=16, db_index=True)
    answer = models.CharField(max_length=16)


class Folded(models.Model):  # type: ignore[misc]
    """An incident as it stands now, folded without the key: what lists, filters and figures read.

    number   the entry of its earliest account: the order of arrival. Its row in the search index has the same number
    changed  the last entry that changed it
    facts    canonical JSON: coded attribute → status, values, and the claims that deny it
    kind, zone, agency, courthouse (gazetteer id), county, state
             the one value; empty if nobody tells it; "*" and the fact as JSON if it is disputed (see `folding`): then
             `Several` has a row for each value
    month    of its one date, as 2019-05; empty if no date is told; "*" and the fact as JSON otherwise
    first_day, last_day      the days between which it happened, ISO; None if nobody tells a year
    people_least, people_most  how many were taken; None if nobody tells
    tellers, reports  how many accounts and documents tell of it
    undecided         how many of its claims nobody has decided
    """

    number = models.BigAutoField(primary_key=True)
    incident = models.CharField(max_length=_ID)
    changed = models.BigIntegerField(db_index=True)
    verification = models.CharField(max_length=16)
    kind = models.CharField(max_length=_DISPUTE)
    zone = models.CharField(max_length=_DISPUTE)
    agency = models.CharField(max_length=_DISPUTE)
    courthouse = models.CharField(max_length=_DISPUTE)
    county = models.CharField(max_length=_DISPUTE)
    state = models.CharField(max_length=_DISPUTE)
    month = models.CharField(max_length=_DISPUTE)
    first_day = models.CharField(max_length=10, null=True)
    last_day = models.CharField(max_length=10, null=True)
    people_least = models.BigIntegerField(null=True)
    people_most = models.BigIntegerField(null=True)
    tellers = models.IntegerField()
    reports = models.IntegerField()
    undecided = models.IntegerField()
    facts = models.BinaryField()

    class Meta:
        indexes = (
            # Two that hold all that is asked for, so that nobody reads the facts to find an incident. More would cost
            # each import more than they save a page.
            models.Index(
                fields=(
                    *("state", "month", "first_day", "last_day", "county", "courthouse", "kind", "zone", "agency"),
                    *("verification", "undecided", "people_least", "people_most", "changed"),
                ),
                name="folded_asked",
            ),
            models.Index(fields=("first_day", "last_day", "courthouse"), name="folded_days"),
        )


class Several(models.Model):  # type: ignore[misc]
    """One of several values that are possible of one fact of an incident. number: of its `Folded`."""

    number = models.BigIntegerField(db_index=True)
    attribute = models.CharField(max_length=32)
    value = models.CharField(max_length=_ID)

    class Meta:
        indexes = (models.Index(fields=("attribute", "value"), name="several_values"),)


class Passage(models.Model):  # type: ignore[misc]
    """What the search reads of one thing; no guarded words, nothing of a private document. See `passages`.

    kind      incident, account, document or statement
    thing     its id
    event     of an incident or account: the number of its `Folded`; else 0
    document  of a document or statement. Also of an incident that a document tells alone: the row is of both
    day       of a document or statement: the day it was published, if one is told
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    thing = models.CharField(max_length=_ID)
    event = models.BigIntegerField(db_index=True)
    document = models.CharField(max_length=64)
    day = models.CharField(max_length=10, null=True)
    title = models.TextField()
    body = models.TextField()

    class Meta:
        # Most rows of tables have no document: they cost the index nothing.
        indexes = (
            models.Index(fields=("document",), condition=~models.Q(document=""), name="passage_document"),
            models.Index(fields=("kind", "document"), name="passage_kind"),
        )


class Waiting(models.Model):  # type: ignore[misc]
    """A document with claims that nobody has decided. number: the entry that received it; undecided: how many."""

    number = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=64, unique=True)
    undecided = models.IntegerField()


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


PROJECTIONS: tuple[type[Held], ...] = (Received, Told, Decided, Linked, Apart, Confirmed, Consented)
SAID: tuple[type[models.Model], ...] = (Stretch, About)
"""Say which entries are of a batch or about a thing; see `said`. Rows are added and never changed."""
FOLLOWING: tuple[type[models.Model], ...] = (Folded, Several, Passage, Waiting)
"""Follow from the projections as they stand, and are made again wherever an entry changes those; see `behind`."""
KEYRING: tuple[type[models.Model], ...] = (Salt, SessionKey, DataKey)
