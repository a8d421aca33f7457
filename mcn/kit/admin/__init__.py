"""The base of every admin door.

::

    @admin.register(Merchant)
    class MerchantAdmin(RecordAdmin):
        verbs = [Verb("admit", merchant_actions.admit, _("Admit"), bulk=True), ...]
        rulebook = ADMISSION                     # its findings stand above the form
        editable_states = [Merchant.State.DRAFT]  # in other states the form is read-only

Rows are saved by ``records.save`` (or by what a subclass puts in ``save_model``), never deleted; two people
on one row are told so and lose nothing typed; the history page is the audit trail.
"""

from mcn.kit.admin.badges import badge
from mcn.kit.admin.inlines import RecordStackedInline, RecordTabularInline
from mcn.kit.admin.readonly import ReadOnlyAdmin
from mcn.kit.admin.record import RecordAdmin, RecordForm, VerbsOnlyAdmin
from mcn.kit.admin.trail import BlockAdmin, EntryAdmin
from mcn.kit.admin.verbs import NoteForm, ReasonForm, Verb

__all__ = [
    "BlockAdmin",
    "EntryAdmin",
    "NoteForm",
    "ReadOnlyAdmin",
    "ReasonForm",
    "RecordAdmin",
    "RecordForm",
    "RecordStackedInline",
    "RecordTabularInline",
    "Verb",
    "VerbsOnlyAdmin",
    "badge",
]
