"""A page of the admin that is about one show and belongs to what is made ready for it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from mcn.kit.refusal import Refused
from streamers.models import Show
from streamers.rules.preparation import for_preparation


class ShowPageMixin:
    """Gives an admin the page of one show, ``show/<id>/``; what is sent there goes to one verb."""

    show_template = ""
    show_title = ""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_show"
        view = self.admin_site.admin_view(self.show_view)
        return [path("show/<int:show_id>/", view, name=name), *super().get_urls()]

    def show_view(self, request, show_id):
        """Show how things stand; do what was sent, and say what happened or why not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        get_object_or_404(Show.objects.visible_to(request.user), pk=show_id)
        [show] = for_preparation(Show.objects.filter(pk=show_id))
        form = self.show_form(request, show)
        refusal = None
        if request.method == "POST":
            if form is None:
                raise Http404
            if form.is_valid():
                try:
                    said = self.show_act(request, show, form)
                except Refused as no:
                    refusal = no
                except ValidationError as error:
                    form.add_error(None, error.messages)
                else:
                    self.message_user(request, said, messages.SUCCESS)
                    return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": self.show_title,
            "subtitle": str(show),
            "opts": self.opts,
            "show": show,
            "form": form,
            "media": self.media + form.media if form else self.media,
            "refusal": refusal,
            "back_url": reverse("admin:streamers_show_change", args=[show.pk]),
            **self.show_context(request, show),
        }
        status = refusal.status if refusal else 200
        return TemplateResponse(request, self.show_template, context, status=status)

    def show_form(self, request, show):
        """The form of the page, or None where there is nothing to send."""

    def show_act(self, request, show, form):
        """Call the verb with what was sent; return what to say."""
        raise NotImplementedError

    def show_context(self, request, show):
        """What else the template needs."""
        return {}
