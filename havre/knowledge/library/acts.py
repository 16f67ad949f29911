"""What the record calls the acts of this room, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "publication.save": _("Kept a publication"),
    "publication.remove": _("Took a publication away"),
    "publication.bring": _("Brought a list of publications in"),
    "publication.add_file": _("Kept a file with a publication"),
    "publication.remove_file": _("Took a file of a publication away"),
    "publication.read_again": _("Had a file of a publication read again"),
    "publication.read_file": _("The words of a file of a publication were read"),
    "publication.cannot_read_file": _("The words of a file of a publication could not be read"),
    "page.library:find": _("Searched the library"),
    "page.library:record": _("Opened a publication"),
    "page.library:new": _("Began a record of a publication"),
    "page.library:change": _("Went to change a publication"),
    "page.library:remove": _("Wanted to take a publication away"),
    "page.library:add_file": _("Wanted to add a file to a publication"),
    "page.library:read_file": _("Took a file of a publication out"),
    "page.library:file": _("Changed a file of a publication"),
    "page.library:bring": _("Wanted to bring a list of publications in"),
    "page.library:checks": _("Looked at the numbers of publications to check"),
    "page.library:cite_kept": _("Took the record of a publication out"),
    "page.library:out": _("Took a list of publications out"),
}
