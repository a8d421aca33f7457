"""The base of every resource of the API.

::

    class MerchantSerializer(RecordSerializer):           # fields parse, the model judges
        credentials = CredentialSerializer(many=True, read_only=True)      # a ChildSerializer

        class Meta:
            model = Merchant
            fields = ["id", "code", "name", "state", "phone", "credentials"]
            fixed = ["code"]                              # set when the row is made, and never after


    class MerchantViewSet(RecordViewSet):                 # ReadViewSet where verbs alone write
        queryset = Merchant.objects.select_related("owner").prefetch_related("credentials")
        serializer_class = MerchantSerializer
        filterset_class = MerchantFilter                  # a RecordFilterSet in <app>/filters.py
        list_fields = ("id", "code", "name", "state", "version")  # left out: all that columns can tell
        ordering_fields = ["code", "created_at"]          # columns that are never null and in the list
        verbs = [
            Verb("admit", merchant_actions.admit),        # takes a note; all verbs honour If-Match
            Verb("suspend", merchant_actions.suspend, ReasonInput),
        ]

        def add(self, values):                            # where an action makes the row; so ``change``
            return merchant_actions.register(**values, by=self.request.user, at=clock.now())


    router = SimpleRouter()                               # in <app>/api/urls.py, found by mcn.urls
    router.register("merchants", MerchantViewSet)
    urlpatterns = router.urls

What each resource then promises, and ``tests/kit/api_suite.py`` proves:

- rows are those of ``visible_to``: a stranger's id is 404; nothing is deleted;
- lists are read without model instances, one query and one for each nested list, and paged by position;
- details carry ``version``, ``open_moves`` and an ETag; changes need If-Match (428 without, 412 stale);
- ``state``, unknown and read-only fields are refused, personal data is masked;
- ``GET <row>/history/`` is the audit trail, for staff;
- every refusal has one shape (``errors.py``) and stands in the OpenAPI description.

Import from the modules: this one stays empty, because the settings name some of them before Django is ready.
"""
