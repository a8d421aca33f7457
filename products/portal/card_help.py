"""What a merchant who is no lawyer is told beside each field, with an example near to the goods."""

from django.utils.translation import gettext_lazy as _

from mcn.claims.terms import Regime

HELP = {
    "hazards": _("How could somebody be hurt by it in normal use?"),
    "warnings": _("Who should not use it, or only with care?"),
    "accident": _("What should the buyer do if something has happened, and whom should they call?"),
    "after_sales": _("Only what you will keep: it is said on air and binds you."),
    "production_date": _(
        "Of the goods that will really be sent. Example: batches from February 2026, see the lid."
    ),
    "shelf_life": _("Also the last day of use, or how long after opening. Example: 270 days, 7 once opened."),
    "promotion_scope": _("Which goods, ordered where. Example: the 454 g tin, ordered in the live room."),
    "promotion_rules": _("How the price comes about. Example: 10 yuan off each tin, 5 more for two."),
    "promotion_from": _("First day, included."),
    "promotion_to": _("Last day, included."),
    "promotion_limits": _(
        "How many, which accounts, which coupons not. Example: 6 tins an account, no coupons."
    ),
    "compared_price": _("The price you compare with; empty if you only give a basis."),
    "price_basis": _("Where and when that price was charged. Example: paid in our shop, 1 to 15 March."),
    "beyond_papers": _("Rankings, media reports, other people's data: all that your own papers do not say."),
    "source": _("Who published it and when. Example: Nielsen, retail report, May 2025."),
}
FOOD = {
    "hazards": _(
        "Example: the rim of the tin is sharp; children eat it only under supervision, they may choke."
    ),
    "warnings": _(
        "Example: contains wheat, egg and milk, not for those allergic to them; diabetics mind the sugar."
    ),
    "accident": _(
        "Example: when choking or allergic, stop eating, see a doctor, keep the goods, call our service."
    ),
    "after_sales": _("Example: broken goods are replaced, spoilt goods refunded, sent within 48 hours."),
}
SKIN = {
    "hazards": _("Example: keep out of the eyes; not on broken skin."),
    "warnings": _(
        "Example: sensitive skin and pregnant women try it behind the ear first; keep from children."
    ),
    "accident": _(
        "Example: when it reddens or itches, stop, rinse with water, see a doctor, call our service."
    ),
    "after_sales": _(
        "Example: unopened goods go back within seven days; allergies are refunded with a doctor's note."
    ),
}
OTHERS = {
    "hazards": _("Example: the water jet is hot; unplug it before cleaning."),
    "warnings": _("Example: children under 8 do not use it alone; with a pacemaker keep 30 cm away."),
    "accident": _("Example: on an electric shock pull the plug first; keep the goods, call our service."),
    "after_sales": _("Example: seven days to return without reason, one year of repair free of charge."),
}
EXAMPLES = {
    Regime.ORDINARY_FOOD: FOOD,
    Regime.HEALTH_FOOD: FOOD,
    Regime.INFANT_FOOD: FOOD,
    Regime.COSMETICS: SKIN,
    Regime.SPECIAL_COSMETICS: SKIN,
}


def help_of(name, regime=Regime.GENERAL):
    """What is told beside a field, and an example for goods under these wording rules."""
    return HELP.get(name, ""), EXAMPLES.get(regime, OTHERS).get(name, "")
