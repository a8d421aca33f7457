"""What happens by the clock, and when."""

from celery.schedules import crontab

CELERY_BEAT_SCHEDULE = {
    "seal-audit-entries": {"task": "mcn.audit.tasks.seal", "schedule": 10.0},
    "resume-imports": {"task": "mcn.sheets.tasks.resume", "schedule": 30.0},
    "inspect": {"task": "mcn.standards.tasks.inspect", "schedule": crontab(hour=3, minute=10)},
    "assess-tiers": {
        "task": "streamers.tasks.assess_tiers",
        "schedule": crontab(day_of_month=1, hour=4, minute=10),
    },
    "review-points": {"task": "streamers.tasks.review_points", "schedule": crontab(hour=2, minute=40)},
    "watch-live-shows": {"task": "streamers.tasks.watch_live_shows", "schedule": 60.0},
    "sweep-clocks": {"task": "aftersales.tasks.sweep_clocks", "schedule": 60.0},
    "recompute-clocks": {"task": "aftersales.tasks.recompute_clocks", "schedule": 300.0},
    "watch-deliveries": {"task": "aftersales.tasks.watch_deliveries", "schedule": 3600.0},
    "find-breaches": {"task": "aftersales.tasks.find_breaches", "schedule": crontab(minute=20)},
    "reckon-ship-deadlines": {
        "task": "aftersales.tasks.reckon_ship_deadlines",
        "schedule": crontab(hour=2, minute=10),
    },
    "watch-opinion": {"task": "aftersales.tasks.watch_opinion", "schedule": 300.0},
    "register-trainees": {"task": "streamers.tasks.register_trainees", "schedule": 3600.0},
    "check-recordings": {"task": "streamers.tasks.check_recordings", "schedule": 600.0},
    "retain": {"task": "mcn.evidence.tasks.retain", "schedule": crontab(hour=3, minute=40)},
    "score-merchants": {"task": "aftersales.tasks.score_merchants", "schedule": crontab(hour=2, minute=10)},
    "place-holds": {"task": "aftersales.tasks.place_holds", "schedule": 600.0},
    "count-figures": {"task": "aftersales.tasks.count_figures", "schedule": crontab(hour=1, minute=30)},
    "send-notices": {"task": "mcn.notices.tasks.send_due", "schedule": 20.0},
    "digest-notices": {"task": "mcn.notices.tasks.digest", "schedule": 600.0},
    "sign-audit-head": {"task": "mcn.audit.tasks.sign_head", "schedule": 24 * 3600.0},
}
