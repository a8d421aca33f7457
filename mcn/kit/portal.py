"""The base of every page for people outside the agency: server-rendered, whole without JavaScript.

::

    class ProfilePage(MerchantMixin, RecordPage):    # MerchantMixin: merchants.portal.base
        form_class = MerchantForm                    # a RecordForm, with the version it was opened with
        template_name = "merchants/portal/profile.html"
        done = _("Saved.")

        def get_object(self):
            return self.merchant

        def act(self, form):                 # the one call of a verb, which asks who may
            return merchant_actions.change(form.instance, by=self.request.user, at=clock.now())

        def get_success_url(self):
            return reverse("portal_home", args=[self.merchant.code])


    class SubmitPage(MerchantMixin, VerbPage):       # a question, a button, and room for a note
        title, action = _("Submit"), _("Submit")
        ...

What each promises: nobody who is not signed in sees it; a verb's "no" (``Refused``) and its
``ValidationError`` come back on the same page with all that was typed, the reason beside its field or above
the form, the findings with their places to mend, and the refusal's own status; a double click does a verb
once, because the verb says no. A stranger's row is 404: look rows up by ``visible_to`` or through the
merchant of the address.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from mcn.kit.forms import add_errors
from mcn.kit.refusal import Refused

WRONG_INPUT = 422


CHOOSE_AGAIN = _("Please choose the file again: it is not kept while something else has to be put right.")


def ask_for_files_again(form):
    """Say beside each file that was sent with mistakes elsewhere that it has to be chosen anew.

    Whatever else was typed comes back filled in, but no browser lets a page fill in a file.
    """
    lost = [name for name in form.fields if form.add_prefix(name) in form.files and name not in form.errors]
    for name in lost:
        form.add_error(name, CHOOSE_AGAIN)


class NoteForm(forms.Form):
    """What most verbs ask for: an optional note."""

    note = forms.CharField(label=_("note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(NoteForm):
    """For verbs that somebody will ask about: the note is a must."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        self.fields["note"].label = _("reason")


class Page(LoginRequiredMixin, TemplateView):
    """A page to read, for people who are signed in."""


class OpenFormPage(FormView):
    """Calls one verb with a checked form, and tells what came of it; for people without an account too."""

    done: Any = _("Saved.")
    refusal: Refused | None = None

    def act(self, form):
        """Call the verb; a subclass says which."""
        raise NotImplementedError

    def said(self, result):
        """What to tell when it is done."""
        return self.done

    def form_valid(self, form):
        try:
            result = self.act(form)
        except ValidationError as error:
            add_errors(form, error)
        except Refused as no:
            self.refusal = no
            if not no.findings:
                form.add_error(None, str(no))
        else:
            messages.success(self.request, self.said(result))
            return redirect(self.get_success_url())
        return self.form_invalid(form)

    def form_invalid(self, form):
        ask_for_files_again(form)
        status = self.refusal.status if self.refusal else WRONG_INPUT
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs):
        findings = self.refusal.findings if self.refusal else []
        return super().get_context_data(**{"findings": findings} | kwargs)


class FormPage(LoginRequiredMixin, OpenFormPage):
    """A form that calls a verb, for people who are signed in."""


class RecordPage(FormPage):
    """The form of one row, new or stored."""

    def get_object(self):
        """The row to change, or a new one with what the address says of it."""
        raise NotImplementedError

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.get_object()}


class VerbPage(FormPage):
    """A verb on one row: what it will do, a button to do it, a way back."""

    template_name = "kit/portal/confirm.html"
    form_class: type[forms.BaseForm] = NoteForm
    title: Any = ""
    question: Any = ""
    action: Any = ""
    danger = False

    def get_object(self):
        """The row that the verb is on, where the address names one; a stranger's is 404."""

    @cached_property
    def row(self):
        """That row, looked up before anything is asked."""
        return self.get_object()

    def ask(self):
        """The question; a subclass may put it together from its row."""
        return self.question

    def get_context_data(self, **kwargs):
        asked = {"title": self.title, "question": self.ask(), "action": self.action, "danger": self.danger}
        asked |= {"row": self.row, "back": self.get_success_url()}
        return super().get_context_data(**asked | kwargs)
