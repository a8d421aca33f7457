"""How each product came in, was verified, tried, passed or sent back."""

from mcn.kit.clock import business_day
from merchants.models import CredentialKind
from products.actions import credential as credentials
from products.actions import hold as holds
from products.actions import product as products
from products.actions import sample as samples
from products.actions import sku as skus
from products.actions import verification as verifications
from products.actions.verification import Answer
from products.demo.codes import gtin
from products.demo.papers import scan
from products.demo.stage import yuan
from products.demo.timeline import life
from products.models import Product, ProductCredential, ProductHold, Sample, Sku

NOT_FACTS = {"merchant", "category", "skus", "papers", "numbers", "created", "life", "bare"}


class ProductStories:
    """The stories of all products, and the verbs that they are told in."""

    def __init__(self, stage, files, papers):
        self.stage = stage
        self.rows = [file["common"] | row for file in files for row in file["product"]]
        self.papers = papers
        self.verbs = {
            "submit": self.submit,
            "sample": self.sample,
            "try": self.try_sample,
            "give_back": self.give_back,
            "verify": self.verify,
            "verify_item": self.verify_item,
            "verify_again": self.verify_again,
            "approve": self.approve,
            "send_back": self.send_back,
            "reprice": self.reprice,
            "change": self.change,
            "delist": self.delist,
            "hold": self.hold,
            "appeal": self.appeal,
        }

    def stories(self):
        """One story for each product."""
        for place, row in enumerate(self.rows, 1):
            yield self._story(place, row)

    def _story(self, place, row):
        at = self.stage.calendar.at(row["created"], place)
        yield at
        self._enter(place, row, at=at)
        yield from life(row, row["life"], self.verbs, self.stage.calendar, place)

    def _enter(self, place, row, *, at):
        by = self._editor(row)
        facts = {name: value for name, value in row.items() if name not in NOT_FACTS}
        product = Product(
            merchant=self.stage.merchants[row["merchant"]],
            category=self.stage.categories[row["category"]],
            **facts,
        )
        offers = [
            Sku(
                code=code,
                specification=specification,
                gtin=gtin(place * 10 + number),
                price=yuan(price),
                list_price=yuan(listed),
                cost_price=yuan(cost),
                stock=stock,
            )
            for number, (code, specification, price, listed, cost, stock) in enumerate(row["skus"])
        ]
        products.add(product, offers, by=by, at=at)
        self.stage.products[row["code"]] = product
        if not row.get("bare"):
            self._give_papers(place, row, product, by=by, at=at)

    def _give_papers(self, place, row, product, *, by, at):
        for kind in product.category.required_kinds(CredentialKind.Holder.PRODUCT):
            shape = self.papers[kind.code]
            number = row.get("numbers", {}).get(kind.code) or shape["number"].format(number=place)
            paper = ProductCredential(
                product=product,
                kind=kind,
                number=number,
                issuer=shape["issuer"],
                **self.stage.span(row.get("papers", {}).get(kind.code, shape["days"])),
            )
            said = [f"商品：{product.name}", f"编号：{paper.number}", f"签发：{paper.issuer}"]
            credentials.add(paper, scan(kind.name, said), by=by, at=at, evidence_on=paper.valid_from)

    def _product(self, row):
        return Product.objects.get(pk=self.stage.products[row["code"]].pk)

    def _editor(self, row):
        return self.stage.editor(row["merchant"])

    @property
    def reviewer(self):
        return self.stage.staff("reviewer")

    def submit(self, row, *, at):
        products.submit(self._product(row), by=self._editor(row), at=at)

    def sample(self, row, quantity, batch="", *, at):
        made = Sample(
            product=self._product(row),
            sku=self._product(row).skus.first(),
            quantity=quantity,
            batch=batch,
            received_on=business_day(at),
        )
        samples.receive(made, by=self.reviewer, at=at)

    def try_sample(self, row, who, impression, *, at):
        samples.record_trial(
            self._sample(row), tried_by=who, impression=impression, same_as_sold=True, by=self.reviewer, at=at
        )

    def give_back(self, row, *, at):
        samples.give_back(self._sample(row), by=self.reviewer, at=at)

    def _sample(self, row):
        return Sample.objects.filter(product=self.stage.products[row["code"]]).latest("id")

    def verify(self, row, *, at):
        verifications.verify_all(self._product(row), by=self.reviewer, at=at)

    def verify_item(self, row, item, outcome, note, *, at):
        answer = Answer(item, outcome=outcome, note=note)
        verifications.verify(self._product(row), answers=[answer], by=self.reviewer, at=at)

    def verify_again(self, row, item, note, *, at):
        verifications.verify(self._product(row), answers=[Answer(item, note=note)], by=self.reviewer, at=at)

    def approve(self, row, note="", *, at):
        products.approve(self._product(row), by=self.reviewer, at=at, note=note)

    def send_back(self, row, note, *, at):
        products.send_back(self._product(row), by=self.reviewer, at=at, note=note)

    def reprice(self, row, price, listed, *, at):
        product = self._product(row)
        offers = list(product.skus.all())
        for offer in offers:
            offer.price, offer.list_price = yuan(price), yuan(listed)
        skus.put_skus(product, offers, by=self._editor(row), at=at)

    def change(self, row, field, value, *, at):
        product = self._product(row)
        setattr(product, field, value)
        products.change(product, by=self._editor(row), at=at)

    def delist(self, row, note, *, at):
        products.delist(self._product(row), by=self.reviewer, at=at, note=note)

    def hold(self, row, reason, clause, *, at):
        holds.hold(self._product(row), reason=reason, clause=clause, by=self.stage.staff("compliance"), at=at)

    def appeal(self, row, words, *, at):
        hold = ProductHold.objects.filter(product=self.stage.products[row["code"]]).latest("id")
        holds.appeal(hold, appeal=words, by=self.stage.owner(row["merchant"]), at=at)
