"""What the console of a live show sends: one entry of the timeline."""

import datetime

from django import forms

from streamers.models import ShowEvent, ViolationCode

# Alerts are raised by the product itself.
NOTED = [(kind.value, kind.label) for kind in ShowEvent.Kind if kind != ShowEvent.Kind.ALERT]
DAY_MS = 24 * 3600 * 1000


class EventForm(forms.ModelForm):
    """An entry with the key that the browser gave it, and how long ago it was typed.

    The age is told and not the hour: a browser's clock may be wrong, the time that it counted is not.
    """

    key = forms.UUIDField()
    age = forms.IntegerField(min_value=0, max_value=7 * DAY_MS, required=False)
    code = forms.ModelChoiceField(ViolationCode.objects.filter(ended_on=None), required=False)
    hold = forms.BooleanField(required=False)

    class Meta:
        model = ShowEvent
        fields = ["kind", "item", "topic", "text", "streamer", "offer", "after", "about"]

    def __init__(self, data, *, show):
        super().__init__(data, instance=ShowEvent(show=show))
        self.fields["kind"].choices = NOTED
        self.fields["item"].queryset = show.items.standing()
        self.fields["offer"].queryset = self.fields["offer"].queryset.filter(item__show=show, removed_at=None)
        self.fields["about"].queryset = show.events.all()

    def event(self, *, at):
        """The checked entry, placed at the moment when it was typed."""
        event = self.instance
        event.key = self.cleaned_data["key"]
        event.happened_at = at - datetime.timedelta(milliseconds=self.cleaned_data["age"] or 0)
        return event
