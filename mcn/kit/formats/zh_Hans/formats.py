"""Days and moments by their numbers, as the portal writes them: columns of them line up and fit on a line."""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i"
