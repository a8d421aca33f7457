"""The admin's sidebar by work. Settings import it, so it imports no app."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# (heading, [(label, Material symbol, "app.model"), ...]). A model that is not installed, or that the person
# may not view, is left out; so is a heading with nothing under it.
SIDEBAR = [
    (
        _("Merchants"),
        [
            (_("Merchants"), "storefront", "merchants.merchant"),
            (_("Applications"), "person_add", "merchants.application"),
            (_("Merchant verifications"), "fact_check", "merchants.merchantverification"),
            (_("Merchant credentials"), "badge", "merchants.merchantcredential"),
            (_("Agreements"), "handshake", "merchants.agreement"),
            (_("Merchant holds"), "front_hand", "merchants.merchanthold"),
        ],
    ),
    (
        _("Products"),
        [
            (_("Products"), "inventory_2", "products.product"),
            (_("Product verifications"), "fact_check", "products.productverification"),
            (_("Product credentials"), "workspace_premium", "products.productcredential"),
            (_("Samples"), "deployed_code", "products.sample"),
            (_("Product holds"), "front_hand", "products.producthold"),
            (_("Categories"), "category", "merchants.category"),
            (_("Kinds of credentials"), "license", "merchants.credentialkind"),
        ],
    ),
    (
        _("Selling-point cards"),
        [
            (_("Selling-point cards"), "article", "products.card"),
            (_("Versions under review"), "rate_review", "products.cardversion"),
        ],
    ),
    (
        _("Streamers"),
        [
            (_("Streamers"), "mic_external_on", "streamers.streamer"),
            (_("Invitations"), "person_add", "streamers.streamerinvitation"),
            (_("Streamer verifications"), "fact_check", "streamers.streamerverification"),
            (_("Guardians' consents"), "family_restroom", "streamers.consent"),
            (_("Identity papers"), "perm_identity", "streamers.identitypaper"),
            (_("Records of civil capacity"), "badge", "streamers.capacityrecord"),
            (_("Platform accounts"), "alternate_email", "streamers.platformaccount"),
            (_("Streamers' contracts"), "contract", "streamers.contract"),
            (_("Qualifications"), "workspace_premium", "streamers.qualification"),
            (_("Fields of work"), "school", "streamers.specialism"),
            (_("Advertising penalties"), "gavel", "streamers.adpenalty"),
            (_("Virtual streamers' profiles"), "smart_toy", "streamers.virtualprofile"),
            (_("Rights to images"), "copyright", "streamers.virtualright"),
            (_("Consents to likenesses and voices"), "record_voice_over", "streamers.likenessconsent"),
            (_("Designs of virtual streamers"), "design_services", "streamers.design"),
            (_("Streamer holds"), "front_hand", "streamers.streamerhold"),
            (_("Satisfaction surveys"), "sentiment_satisfied", "streamers.satisfactionsurvey"),
        ],
    ),
    (
        _("Shows"),
        [
            (_("Shows"), "videocam", "streamers.show"),
            (_("Products on run sheets"), "playlist_add_check", "streamers.runitem"),
            (_("Offers of shows"), "sell", "streamers.offer"),
            (_("Register of advertisements"), "campaign", "streamers.adentry"),
            (_("Service plans"), "support_agent", "streamers.serviceplan"),
        ],
    ),
    (
        _("Orders and parcels"),
        [
            (pgettext_lazy("sidebar", "Orders"), "shopping_bag", "aftersales.order"),
            (_("Parcels"), "local_shipping", "aftersales.parcel"),
            (_("Delivery alerts"), "running_with_errors", "aftersales.deliveryalert"),
            (_("Returns and exchanges"), "assignment_return", "aftersales.returnrequest"),
            (_("Repairs"), "build", "aftersales.repair"),
            (_("Repairers"), "handyman", "aftersales.repairprovider"),
            (_("Catalogue of three guarantees"), "shield", "aftersales.guaranteeterm"),
        ],
    ),
    (
        _("Live rooms"),
        [
            (_("Live rooms"), "live_tv", "streamers.room"),
            (_("Live entities"), "domain", "streamers.liveentity"),
            (_("Live entities' papers"), "badge", "streamers.entitypaper"),
            (_("Licences needed"), "assignment", "streamers.entityrequirement"),
            (_("Leases of rooms"), "real_estate_agent", "streamers.roomlease"),
            (_("Notices in rooms"), "signpost", "streamers.roomnotice"),
            (_("Holds on rooms"), "front_hand", "streamers.roomhold"),
            (_("Kinds of places"), "location_on", "streamers.venuekind"),
        ],
    ),
    (
        _("Before shows"),
        [
            (_("Checks before shows"), "checklist", "streamers.showcheck"),
            (_("Streamers' own product reviews"), "grading", "streamers.castreview"),
            (_("Scripts"), "description", "streamers.script"),
            (_("Rehearsals"), "theater_comedy", "streamers.rehearsal"),
            (_("Identity reports to platforms"), "contact_page", "streamers.identityreport"),
        ],
    ),
    (
        _("Live console"),
        [
            (_("Timelines"), "timeline", "streamers.showevent"),
            (_("Figures of shows"), "monitoring", "streamers.showmetrics"),
            (_("Figures of products in shows"), "bar_chart", "streamers.itemmetrics"),
        ],
    ),
    (
        _("Buyer service"),
        [
            (_("Price claims"), "price_check", "aftersales.priceclaim"),
            (_("Invoices"), "receipt_long", "aftersales.invoice"),
            (_("Service promises"), "verified_user", "aftersales.servicepromise"),
            (_("Broken promises"), "heart_broken", "aftersales.breach"),
            (_("Audits of promises"), "fact_check", "aftersales.promiseaudit"),
            (_("Kinds of promises"), "list_alt", "aftersales.promisekind"),
            (_("Buyers' questions"), "contact_support", "aftersales.inquiry"),
            (_("Service channels"), "contact_phone", "aftersales.servicechannel"),
            (_("Knowledge articles"), "menu_book", "aftersales.article"),
            (_("Answers under review"), "rate_review", "aftersales.articleversion"),
            (_("Use of answers"), "thumbs_up_down", "aftersales.articleuse"),
        ],
    ),
    (
        _("Conduct and tiers"),
        [
            (_("Violations"), "gavel", "streamers.violation"),
            (_("Corrections"), "assignment_late", "streamers.correction"),
            (_("Measures by points"), "balance", "streamers.conductmeasure"),
            (_("Tier assessments"), "leaderboard", "streamers.tierassessment"),
            (_("Streamers' figures"), "query_stats", "streamers.streamerfigures"),
            (_("Tier rule sets"), "rule_settings", "streamers.tierruleset"),
            (_("Violation codes"), "list_alt", "streamers.violationcode"),
            (_("Thresholds of points"), "speed", "streamers.conductthreshold"),
        ],
    ),
    (
        _("Training"),
        [
            (_("Due and overdue"), "event_busy", "streamers.trainee"),
            (_("Training sessions"), "co_present", "streamers.trainingsession"),
            (_("Training log"), "history_edu", "streamers.trainingrecord"),
            (_("Exams"), "quiz", "streamers.attempt"),
            (_("Courses"), "school", "streamers.course"),
            (_("Training materials"), "menu_book", "streamers.material"),
            (_("Question bank"), "help", "streamers.question"),
            (_("Training plans"), "event_note", "streamers.trainingplan"),
        ],
    ),
    (
        _("Complaints"),
        [
            (_("Complaints"), "support_agent", "aftersales.complaint"),
            (_("Files of complaints"), "history_edu", "aftersales.complaintentry"),
            (_("Priorities of complaints"), "low_priority", "aftersales.priorityrule"),
        ],
    ),
    (
        _("Scores and key figures"),
        [
            (_("Key figures of the service"), "monitoring", "aftersales.servicefigures"),
            (_("Merchant scores"), "speed", "aftersales.merchantscore"),
            (_("Score rule sets"), "rule_settings", "aftersales.scoreruleset"),
            (_("Recalls"), "assignment_return", "aftersales.recall"),
            (_("Rules for holds"), "front_hand", "aftersales.holdrule"),
            (_("Holds by rule"), "back_hand", "aftersales.ruledhold"),
        ],
    ),
    (
        _("Public opinion and reviews"),
        [
            (_("Mentions"), "forum", "aftersales.mention"),
            (_("Opinion alerts"), "notification_important", "aftersales.opinionalert"),
            (_("Opinion cases"), "crisis_alert", "aftersales.opinioncase"),
            (_("Emergency plans"), "emergency_home", "aftersales.emergencyplan"),
            (_("Outlets"), "public", "aftersales.outlet"),
            (_("Rules for alerts"), "rule_settings", "aftersales.alertrule"),
            (_("Words of the lexicon"), "dictionary", "aftersales.sentimentword"),
            (_("Reviews"), "reviews", "aftersales.review"),
            (_("Dimensions of reviews"), "star_rate", "aftersales.reviewdimension"),
            (_("Consumer surveys"), "quiz", "aftersales.survey"),
            (_("Links to surveys"), "qr_code_2", "aftersales.surveyinvitation"),
        ],
    ),
    (
        _("Improvement"),
        [
            (_("Nonconformities"), "troubleshoot", "aftersales.nonconformity"),
            (_("Improvement actions"), "task_alt", "aftersales.improvementaction"),
            (_("Pilots"), "science", "aftersales.pilot"),
            (_("Good practices"), "lightbulb", "aftersales.goodpractice"),
        ],
    ),
    (
        _("Wording and compliance"),
        [
            (_("Claim terms"), "block", "claims.term"),
        ],
    ),
    (
        _("Spreadsheets"),
        [
            (_("Imports"), "upload_file", "sheets.importjob"),
            (_("Column mappings"), "table_chart", "sheets.mapping"),
        ],
    ),
    (
        _("Standards and evidence"),
        [
            (_("Standards"), "menu_book", "standards.standard"),
            (_("Clauses"), "format_list_numbered", "standards.clause"),
            (_("Findings"), "report", "standards.storedfinding"),
            (_("Inspections"), "search_check", "standards.inspection"),
            (_("Frozen records of shows"), "inventory", "streamers.showrecord"),
            (_("Recordings"), "video_library", "streamers.recording"),
            (_("Replay requests"), "local_police", "streamers.replayrequest"),
            (_("Legal holds"), "lock", "evidence.legalhold"),
            (_("Retention rules"), "schedule", "evidence.retentionrule"),
            (_("Retention runs"), "auto_delete", "evidence.retentionrun"),
        ],
    ),
    (
        _("Deadlines"),
        [
            (_("Running deadlines"), "timer", "aftersales.clock"),
            (_("Deadline rules"), "rule_settings", "aftersales.deadlinerule"),
        ],
    ),
    (
        _("Agency and people"),
        [
            (_("Users"), "group", "accounts.user"),
            (_("Merchants' members"), "groups", "merchants.membership"),
            (_("Figures of policy"), "tune", "agency.figure"),
            (_("Calendar days"), "calendar_month", "agency.calendarday"),
            (_("Platforms"), "cast", "agency.platform"),
            (_("All notices"), "campaign", "notices.notice"),
            (_("Webhooks"), "webhook", "notices.endpoint"),
            (_("Deliveries"), "outbox", "notices.delivery"),
        ],
    ),
    (
        _("Audit"),
        [
            (_("Audit entries"), "history", "audit.entry"),
            (_("Audit blocks"), "link", "audit.block"),
        ],
    ),
]
