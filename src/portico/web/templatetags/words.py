"""Words of a source in a template: `{{ bits|shown }}` prints them, masked ones by their kind."""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portico.record import Suggestion
from portico.web.language import told as _
from portico.web.report.sheet import Bit
from portico.web.wording import listed, spaced

register = Library()


def shown(bits: Iterable[Bit]) -> SafeString:
    """The bits as HTML. A filter, since a partial would put a line break into the words."""
    return format_html_join("", "{}", ((_one(bit),) for bit in bits))


def _one(bit: Bit) -> SafeString:
    if not bit.masked:
        return format_html("{}", bit.text)
    return format_html('<span class="guard">{}</span>', _("%(kind)s, guarded") % {"kind": bit.masked})


def borne_out(suggested: Suggestion) -> str:
    """Why the sources bear out what they do."""
    return _(suggested.why).format(origins=suggested.origins)


register.filter("shown", shown)
register.filter("borne_out", borne_out)
register.filter("spaced", lambda code: spaced(str(code)))
register.filter("listed", lambda codes: listed(spaced(str(code)) for code in codes))
