"""What the record calls the acts of bringing a register in and taking it out, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from havre.platform.audit.kinds import Kind

WORDS: dict[str, Promise] = {
    "page.exchange:bring": _("Opened the page that brings a register in"),
    "page.exchange:template": _("Fetched the empty workbook of a register"),
    "page.exchange:register": _("Read what a register holds before it comes in"),
    "page.exchange:faults": _("Fetched the list of what is to be mended in a register"),
    "page.exchange:agree": _("Agreed to a register"),
    "page.exchange:again": _("Had a register checked again"),
    "page.exchange:cancel": _("Gave a register up"),
    "page.exchange:take": _("Opened the page that takes the register out"),
    "page.exchange:leaving": _("Looked how a register on its way out stands"),
    "page.exchange:begin": _("Wanted the file of a register written"),
    "page.exchange:stop": _("Wanted to give up taking a register out"),
    "page.exchange:download": _("Wanted to download a register"),
    "register.ask_out": _("Asked for the register to be taken out"),
    "register.begin_out": _("Had the file of a register written, as a second person had agreed"),
    "register.cancel_out": _("Gave up taking the register out"),
    "register.download": _("Downloaded the register"),
    "register.settle_out": _("Kept how the work on a register that goes out ended"),
    "register.stage": _("Chose a register to bring in"),
    "register.agree": _("Agreed to a register"),
    "register.again": _("Had a register checked again"),
    "register.cancel": _("Gave a register up"),
    "register.import": _("Brought in a register"),
    "register.export": _("Took out the register"),
    "register.settle": _("Kept how the work on a register ended"),
    "directory.import": _("Brought cards of the directory in"),
    "directory.export": _("Took cards of the directory out"),
}
KINDS = {
    "register.import": Kind.IMPORT,
    "register.stage": Kind.IMPORT,
    "register.agree": Kind.IMPORT,
    "register.export": Kind.EXPORT,
    "directory.import": Kind.IMPORT,
    "directory.export": Kind.EXPORT,
    "register.ask_out": Kind.EXPORT,
    "register.download": Kind.EXPORT,
}
