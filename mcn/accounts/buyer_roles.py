"""What roles outside customer service do for buyers: answers approved, promises reviewed."""

# What is told to buyers is approved by the compliance officer, or by an agent who did not write it.
APPROVES_ANSWERS = [
    "aftersales.approve_articleversion",
    "aftersales.send_back_articleversion",
    "aftersales.retire_articleversion",
    "aftersales.confirm_article",
]

# What merchants promise is reviewed by who brings them in and by the compliance officer.
REVIEWS_PROMISES = [
    *(
        f"aftersales.{verb}_servicepromise"
        for verb in (
            "add",
            "change",
            "submit",
            "withdraw",
            "approve",
            "send_back",
            "suspend",
            "resume",
            "end",
        )
    ),
    "aftersales.add_promiseaudit",
    "aftersales.add_promisekind",
    "aftersales.change_promisekind",
    "aftersales.add_breach",
    "aftersales.confirm_breach",
    "aftersales.dismiss_breach",
]
