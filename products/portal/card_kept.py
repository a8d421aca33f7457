"""Nothing typed is lost: where the session had ended or somebody else saved, it is kept and shown."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reswap, retarget

from mcn.kit import clock
from mcn.kit.moves import may
from mcn.kit.refusal import Denied, Refused, Stale, WrongState
from products.actions import card as cards
from products.actions import card_point as points
from products.models import CardVersion
from products.portal.card_form import CardForm, stored, typed
from products.portal.card_shell import shell
from products.rules.card import for_reading

LONGEST = 200_000
STASH = "card-%s"


def find(request, pk):
    """A version that the person may know of, with all that its pages read; a stranger's is 404."""
    return get_object_or_404(for_reading(CardVersion.objects.visible_to(request.user)), pk=pk)


def keep_if_signed_out(view):
    """Send a stranger to sign in; what a person typed before their session ended waits in the new one."""

    @wraps(view)
    def guarded(request, pk, **rest):
        if request.user.is_authenticated:
            try:
                return view(request, pk, **rest)
            except Denied as no:
                raise PermissionDenied(str(no)) from no
        words = typed(request.POST)
        # Only a whole form says which state of the card it was opened with.
        if "seen" in request.POST and sum(map(len, words.values())) <= LONGEST:
            request.session[STASH % pk] = words | {"seen": request.POST["seen"]}
        sign_in = redirect_to_login(reverse("card", args=[pk]))
        if not request.htmx:
            return sign_in
        answer = render(request, "products/portal/_card_signed_out.html", {"url": sign_in.url}, status=401)
        return reswap(retarget(answer, "#saved"), "outerHTML")

    return guarded


def restore(request, version):
    """Take up what the person typed before their session ended; whether there was any."""
    words = request.session.pop(STASH % version.pk, None)
    if words is None:
        return False
    try:
        CardForm(version, words).write(by=request.user, at=clock.now())
    except (Stale, WrongState):
        cards.set_aside(version, typed(words), by=request.user, at=clock.now())
        messages.warning(request, _("What you typed before you were signed out is kept beside the card."))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("What you typed before you were signed out is saved."))
    return True


def keep(request, version, no):
    """Answer a save that came too late: what was typed is set aside, and both are shown."""
    cards.set_aside(version, typed(request.POST), by=request.user, at=clock.now())
    if request.htmx:
        context = {"version": version, "no": no}
        return render(request, "products/portal/_card_kept.html", context, status=no.status)
    messages.warning(request, _("%(no)s What you typed is kept: choose.") % {"no": no})
    return redirect("card_choose", version.pk)


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed differs from what is stored."""

    name: str
    label: Any
    mine: str
    theirs: str
    gone: bool = False  # the selling point was removed meanwhile


@keep_if_signed_out
def choose(request, pk):
    """Both texts of every field that differs; the person says which one counts."""
    version = find(request, pk)
    kept = get_object_or_404(version.set_asides.filter(typed_by=request.user, settled_at=None))
    found = differences(version, kept.words)
    writable = version.editable and may(request.user, "change", version)
    if request.method == "POST":
        mine = [one for one in found if writable and request.POST.get(one.name) == "mine"]
        return _settle(request, version, kept, mine)
    context = shell(request, version) | {
        "kept": kept,
        "differences": found,
        "writable": writable,
    }
    return TemplateResponse(request, "products/portal/card_choose.html", context)


def differences(version, words):
    """Where what was typed is not what stands, in the order of the form."""
    now, labels = stored(version), _labels(version)
    found = [
        Difference(name, label, words.get(name, ""), now.get(name, ""))
        for name, label in labels.items()
        if name in words or _is_box(name)
    ]
    gone = [name for name in words if name not in labels and name.endswith("-claim")]
    label = _("a selling point that was removed")
    found += [Difference(name, label, words[name], "", gone=True) for name in gone]
    return [one for one in found if one.mine.strip() != one.theirs.strip()]


def _is_box(name):
    """A box that is not ticked is not sent."""
    return name.endswith(("-na", "-beyond_papers"))


def _labels(version):
    """The fields of the form by their names, as people know them."""
    form = CardForm(version)
    labels = {bound.html_name: bound.label for bound in form.words}
    for part in CardVersion.MAY_NOT_APPLY:
        for name in (f"{part}-na", f"{part}-reason"):
            labels[name] = f"{part.label}：{labels[name]}"
    for number, one in enumerate(form.points, 1):
        heading = _("Selling point %(number)s") % {"number": number}
        labels |= {bound.html_name: f"{heading}：{bound.label}" for bound in one if bound.name != "file"}
    return labels


def _settle(request, version, kept, mine):
    """Put what the person chose of their own into the card, and end the draft set aside."""
    chosen = {one.name: one.mine for one in mine}
    data = {name: text for name, text in (stored(version) | chosen).items() if text or not _is_box(name)}
    form = CardForm(version, data | {"seen": request.POST.get("seen", "")})
    words = form.words.words() if mine else {}
    said = {one.point.pk: one.given() for one in form.points} if mine else {}
    if form.errors:
        messages.error(request, _("Something of yours cannot be kept as it is: mend it in the form."))
        return redirect("card_choose", version.pk)
    at, by = clock.now(), request.user
    try:
        cards.settle(kept, words=words, points=said, seen=form.seen, by=by, at=at)
        for one in mine:
            if one.gone:
                points.add_point(version, claim=one.mine, by=by, at=at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("card_choose", version.pk)
    messages.success(request, _("The card now holds what you chose."))
    return redirect("card", version.pk)
