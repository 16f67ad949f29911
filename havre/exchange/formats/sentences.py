"""What is said of a file that is no register, by the code the reading process gives."""

from __future__ import annotations

from havre.exchange.formats.faults import _

FILES = {
    "empty": _("the file is empty; export the register again"),
    "large": _("the file is larger than %(megabytes)d MB; split it into several registers"),
    "no_header": _(
        "no column of HTCDS 2.0 in the first rows; name the columns as the standard does, such as prs_FirstName"
    ),
    "columns": _("more than %(most)d columns; keep those of the register only"),
    "latin": _("not UTF-8 (Latin-1, perhaps); save the file as CSV UTF-8, or as a workbook (.xlsx)"),
    "utf16": _("the text is UTF-16; save it as CSV UTF-8, or as a workbook (.xlsx)"),
    "quotes": _("not CSV: signs stand after a closing quotation mark; check the quotation marks of this row"),
    "unclosed": _("not CSV: a quotation mark is opened here and never closed; check the quotation marks of this row"),
    "heavy": _("this row holds more than a person’s record can; check that a quotation mark is closed, or shorten it"),
    "pdf": _("this is a PDF; ask for the register as a workbook (.xlsx) or as CSV UTF-8"),
    "image": _("this is a picture; ask for the register as a workbook (.xlsx) or as CSV UTF-8"),
    "document": _("this is a text document or a presentation; put the register into a workbook (.xlsx)"),
    "archive": _("this is an archive; unpack it and choose the register in it"),
    "sealed": _("this file is encrypted; decrypt it first"),
    "markup": _(
        "this is a web page or XML, as some programs write in place of a workbook; open it and save it as .xlsx"
    ),
    "binary": _("this is neither a workbook nor text; save the register as a workbook (.xlsx) or as CSV UTF-8"),
    "xls": _("this is an old workbook (.xls); open it and save it as .xlsx"),
    "xlsb": _("this is a binary workbook (.xlsb); open it and save it as .xlsx"),
    "ods": _("this is a workbook of LibreOffice (.ods); open it and save it as .xlsx"),
    "password": _("the workbook is protected by a password; open it, take the password away and save it"),
    "damaged": _("the workbook is damaged or was cut off; open it, save it anew, or send it again"),
    "parts": _("the workbook has more than %(most)d parts; copy the sheet into a new workbook"),
    "unpacked": _(
        "the workbook unpacks to more than %(megabytes)d MB; delete the empty rows below the table, or split it"
    ),
    "bomb": _("the workbook unpacks to far more than a register can be; copy the sheet into a new workbook"),
    "nested": _("the workbook holds another file within it; copy the sheet into a new workbook"),
    "no_sheet": _(
        "no sheet holds columns of HTCDS 2.0 in its first rows (looked at: %(sheets)s); "
        "name the columns as the standard does, such as prs_FirstName"
    ),
    "sheets": _("several sheets hold columns of HTCDS 2.0 (%(sheets)s); keep one of them in the workbook"),
    "memory": _("the file needs more memory than a register may; split it, or save it as CSV UTF-8"),
    "slow": _("reading the file took longer than a register may; split it, or save it as CSV UTF-8"),
    "killed": _("the reading was stopped by the machine; try again, or split the file"),
    "died": _("the reading ended before the file did; save it anew as CSV UTF-8 and try again"),
    "failed": _("the file could not be understood (%(kind)s); save it anew as CSV UTF-8 and try again"),
}
CELLS = {
    "formula": _("a formula; paste its value instead"),
    "error": _("the spreadsheet shows an error here; write the value, or empty the cell"),
    "long": _("far longer than what is kept here; shorten it"),
    "digits": _("a number of more than 15 digits, of which a spreadsheet loses the last; type it anew as text"),
    "moment": _("no day of a calendar; write it as 2019-03-12"),
}
