"""Settings of the REST API: what its libraries are given."""

import datetime

from mcn.unfold import PRODUCT_NAME

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "mcn.accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["mcn.kit.api.permissions.ModelPermission"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "mcn.kit.api.paging.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "mcn.kit.api.schema.RecordSchema",
    "DEFAULT_PARSER_CLASSES": ["mcn.kit.api.wire.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_RENDERER_CLASSES": ["mcn.kit.api.wire.JSONRenderer"],
    "EXCEPTION_HANDLER": "mcn.kit.api.errors.handle_exception",
    "DEFAULT_METADATA_CLASS": None,
    "NON_FIELD_ERRORS_KEY": "__all__",
    # Moments go out as the renderer writes them, in lists and details alike.
    "DATETIME_FORMAT": None,
    "DEFAULT_THROTTLE_RATES": {"scan": "120/min"},
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": PRODUCT_NAME,
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Choices stand where they are used: a component each would need a name for every model's state and kind.
    "POSTPROCESSING_HOOKS": [],
    "COMPONENT_SPLIT_REQUEST": True,
}
REST_KNOX = {"TOKEN_TTL": datetime.timedelta(days=30), "AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Token"}
