"""What the library keeps (SPEC 13.5): publications, their files, and the words of each page of a file."""

from .files import PublicationFile, PublicationPage
from .publications import Publication

__all__ = ["Publication", "PublicationFile", "PublicationPage"]
