"""Where each field of HTCDS 2.0 stands here: read by the way in and by the way out, so that the two cannot drift.

Of what the standard has one cell for, a file here may hold several rows: which of them goes out stands in
`htcds_records`. A field that is in none of these tables, and a column that is none of the standard, is a kept cell.
"""

from __future__ import annotations

from havre.exchange.formats.htcds import fields
from havre.platform.permissions import Compartment

PERSON = {
    "prs_Gender": "gender",
    "prs_MaritalStatus": "marital_status",
    "prs_HighestLevelOfEducation": "education",
    "prs_NumberOfChildren": "number_of_children",
    "prs_Deceased": "deceased",
}
NAME = {"prs_FirstName": "given", "prs_MiddleName": "middle", "prs_SecondName": "family"}
IDENTITY = {"prs_Salutation": "salutation", "prs_Title": "position", "prs_IdentityNumber": "identity_number"}
BORN, CITIZENSHIP = "prs_Birthdate", "prs_Citizenship"
FIRST_LANGUAGE, SECOND_LANGUAGE = "prs_PrimaryLanguage", "prs_SecondaryLanguage"
CONTACTS = {"prs_MobilePhone": "mobile", "prs_HomePhone": "phone", "prs_Email": "email"}
HOME = {
    "prs_MailingCountry": "country",
    "prs_MailingStreet": "address",
    "prs_MailingCity": "city",
    "prs_MailingState": "area",
    "prs_MailingPostalCode": "postal_code",
}
STATUS, CLOSURE, OWNER = "cas_Status", "cas_ReasonForCaseClosure", "cas_CaseOwner"
CONSENT, COMMENT = "con_Consent", "cco_CaseComment"
FINDING, FOUND_BY = "vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg"
AGE = "vic_AgeWhenTrafficked"
CODED = (
    "vic_RelationshipToTrafficker",
    "vic_RecruitmentWebsitesAndApps",
    "vic_MethodOfRecruitment",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation",
    "vic_ExploitationWebsitesAndApps",
)
PLACES = {"vic_LocationOfRecruitment": "recruitment", "vic_LocationOfExploitation": "exploitation"}
# An event of the standard is one part of the way; without its kind it is none, and its cells are kept.
EVENT_KIND, EVENT_DAY = "hte_Type", "hte_Date"
EVENT = {"hte_City": "place", "hte_Country": "country", "hte_Description": "note"}
ROLES = "per_RoleInProcess"
RECEIVED_ON = "cas_IncomingReferralDate"
RECEIVED = {
    "cas_ReferringOrganisation": "organisation",
    "cas_ReferringPrimaryCaseWorker": "contact",
    "cas_ReasonForIncomingReferral": "reason",
    "cas_IncomingReferralDetails": "details",
}
SENT_ON = "cas_OutgoingReferralDate"
SENT = {
    "cas_ReferredOrganisation": "organisation",
    "cas_ReferredPrimaryCaseWorker": "contact",
    "cas_ReasonForOutgoingReferral": "reason",
    "cas_OutgoingReferralDetails": "details",
}
# The parts a kept cell belongs to, by how its field begins; the longest beginning counts.
PARTS = {
    "prs_Mailing": Compartment.WHEREABOUTS,
    "prs_": Compartment.IDENTITY,
    "per_": Compartment.IDENTITY,
    "org_": Compartment.IDENTITY,
}


def compartment(name: str) -> Compartment:
    """The part of the file a kept cell belongs to; what is none of the standard goes where the fewest read.

    Nobody knows what a column of an office's own holds: it may well say where somebody sleeps.
    """
    if name not in fields():
        return Compartment.WHEREABOUTS
    return next((part for start, part in PARTS.items() if name.startswith(start)), Compartment.FACTS)
