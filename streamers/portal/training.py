"""My training: what a streamer or one of the staff owes, the exam on a phone, checking in, certificates."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import AccessMixin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mcn.kit import clock
from mcn.kit.portal import FormPage, Page, VerbPage
from mcn.kit.refusal import Refused
from mcn.unfold import PRODUCT_NAME
from streamers.actions import attempt as attempt_actions
from streamers.actions import session as session_actions
from streamers.actions import trainee as trainee_actions
from streamers.forms.training import ExamForm
from streamers.models import Attempt, Attendance, Course, Material, Trainee, TrainingRecord, TrainingSession
from streamers.rules import certificate, exam
from streamers.rules.duty import duties_for, for_duties


class TraineeMixin(AccessMixin):
    """Whoever is trained under their own login: a streamer or one of the staff; anybody else's is 404."""

    section = "training"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.person = trainee_actions.of_login(request.user)
        if self.person is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def trainee(self):
        """Their row, or the one that they would get: looking does not write."""
        mine = for_duties(Trainee.objects.of(self.request.user)).first()
        return mine or trainee_actions.blank(self.person, clock.today())

    def get_context_data(self, **kwargs):
        streamer = self.trainee.streamer
        shell = "streamers/portal/base.html" if streamer else "base.html"
        return super().get_context_data(
            **{"streamer": streamer, "shell": shell, "section": self.section} | kwargs
        )


class TrainingPage(TraineeMixin, Page):
    """What I owe until when, what I have done, and the sessions that I am on the list of."""

    template_name = "streamers/portal/training.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        mine = self.trainee
        log = mine.trainingrecords.all() if mine.pk else []
        sessions = TrainingSession.objects.filter(
            attendances__trainee=mine.pk or 0, state=TrainingSession.State.PLANNED, ends_at__gte=clock.now()
        )
        courses = list(Course.objects.filter(ended_on=None).exclude(topic=Course.Topic.SERVICE))
        exams = mine.attempts.filter(state=Attempt.State.OPEN).select_related("course") if mine.pk else []
        return super().get_context_data(
            duties=duties_for(mine, on),
            records=sorted(log, key=lambda row: (row.trained_on, row.pk), reverse=True),
            sessions=sessions.select_related("course").order_by("starts_at"),
            exams=exams,
            courses=courses,
            by_topic={course.topic: course for course in reversed(courses)},
            on=on,
            **kwargs,
        )


class CoursePage(TraineeMixin, VerbPage):
    """What a course teaches, to be read, and the button that begins its exam."""

    template_name = "streamers/portal/course.html"
    form_class = forms.Form
    done = _("The exam has begun.")

    @cached_property
    def course(self):
        return get_object_or_404(Course, pk=self.kwargs["pk"], ended_on=None)

    def get_context_data(self, **kwargs):
        at = clock.now()
        published = self.course.materials.filter(state=Material.State.PUBLISHED)
        material = published.select_related("document").prefetch_related("document__revisions").first()
        sitting = self.trainee.pk and self.trainee.attempts.filter(
            course=self.course, state=Attempt.State.OPEN
        )
        why_not = "" if sitting and sitting.exists() else self._why_not(at)
        return super().get_context_data(
            course=self.course,
            material=material,
            why_not=why_not,
            drawn=min(self.course.questions_drawn, self.course.questions.filter(superseded_at=None).count()),
            **kwargs,
        )

    def _why_not(self, at):
        return exam.why_not(self.trainee if self.trainee.pk else None, self.course, at)

    def act(self, form):
        self.attempt = attempt_actions.start(self.course, by=self.request.user, at=clock.now())
        return self.attempt

    def get_success_url(self):
        attempt = getattr(self, "attempt", None)
        return reverse("training_exam", args=[attempt.pk]) if attempt else reverse("streamer_training")


class ExamPage(TraineeMixin, FormPage):
    """An exam being sat, or what came of it; the explanations are shown to who has passed."""

    template_name = "streamers/portal/exam.html"
    done = _("Handed in.")

    @cached_property
    def attempt(self):
        mine = Attempt.objects.filter(trainee__in=Trainee.objects.of(self.request.user))
        found = mine.select_related("course", "trainee__streamer", "trainee__user")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def is_open(self):
        return self.attempt.state == Attempt.State.OPEN

    def get_form(self, form_class=None):
        return ExamForm(self.attempt, self.request.POST or None)

    def post(self, request, *args, **kwargs):
        if not self.is_open:  # a second click on "hand in", or the page left open: show what came of it
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def act(self, form):
        return attempt_actions.submit(
            self.attempt, answers=form.answers(), by=self.request.user, at=clock.now()
        )

    def get_success_url(self):
        return reverse("training_exam", args=[self.attempt.pk])

    def get_context_data(self, **kwargs):
        attempt, lines, record = self.attempt, [], None
        if not self.is_open:
            lines = list(_lines(attempt))
            record = attempt.records.filter(superseded_at=None).first()
        return super().get_context_data(
            attempt=attempt, course=attempt.course, is_open=self.is_open, lines=lines, record=record, **kwargs
        )


def _lines(attempt):
    """Each question with the chosen answers, whether right; the right ones only to who has passed."""
    for place, question in enumerate(attempt.questions):
        chosen = attempt.answers.get(str(place), [])
        yield {
            "text": question["text"],
            "is_right": exam.is_right(question, chosen),
            "chosen": [question["options"][number]["text"] for number in chosen],
            "right": [option["text"] for option in question["options"] if option["right"]],
            "explanation": question["explanation"],
            "clause": question["clause"],
        }


class CheckInPage(TraineeMixin, VerbPage):
    """One button that says: I am here."""

    template_name = "streamers/portal/check_in.html"
    form_class = forms.Form
    done = _("You are checked in.")

    def get_context_data(self, **kwargs):
        code, at = self.kwargs["code"], clock.now()
        try:
            session = session_actions.find(code, at=at)
        except Refused as no:
            return super().get_context_data(session=None, said=str(no), **kwargs)
        came = Attendance.objects.filter(
            session=session,
            trainee__in=Trainee.objects.of(self.request.user),
            state=Attendance.State.PRESENT,
        )
        return super().get_context_data(session=session, came=came.exists(), **kwargs)

    def act(self, form):
        return session_actions.check_in(self.kwargs["code"], by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("streamer_training")


@login_required
@require_safe
def certificate_pdf(request, pk):
    """The certificate of a line of the log that was passed and stands, for who may see the line."""
    passed = TrainingRecord.objects.visible_to(request.user).filter(
        result=TrainingRecord.Result.PASSED, superseded_at=None
    )
    people = ("trainee__streamer", "trainee__user", "trainee__contact__merchant")
    record = get_object_or_404(passed.select_related(*people, "course", "material"), pk=pk)
    address = reverse("training_certificate_check", args=[certificate.token_of(record)])
    url = request.build_absolute_uri(address)
    sheet = certificate.page(record, agency=PRODUCT_NAME, at=clock.now(), url=url)
    answer = HttpResponse(sheet.output(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{record.certificate_number}.pdf"'
    return answer


@require_safe
def certificate_check(request, token):
    """Whether a certificate is ours and still good, for anybody who scans it."""
    record = certificate.find(token)
    if record is None:
        return TemplateResponse(request, "streamers/portal/certificate.html", {"record": None}, status=404)
    on = clock.today()
    context = {
        "record": record,
        "facts": certificate.facts(record),
        "code": certificate.fingerprint(record),
        "is_good": record.covers(on),
        "is_corrected": record.superseded_at is not None,
    }
    return TemplateResponse(request, "streamers/portal/certificate.html", context)
