"""How each selling-point card was written, handed in, approved or sent back."""

from products.actions import card as cards
from products.actions import card_point as points
from products.actions.card import Comment
from products.demo.papers import scan
from products.demo.stage import yuan
from products.demo.timeline import life
from products.models import CardVersion, Product, ProductCredential

NOT_WORDS = {"points", "promotion", "applies", "compared_price"}
FILE = "file:"


class CardStories:
    """The stories of all cards, and the verbs that they are told in."""

    def __init__(self, stage, files):
        self.stage = stage
        self.rows = [row for file in files for row in file["card"]]
        self.verbs = {
            "open": self.open,
            "submit": self.submit,
            "approve": self.approve,
            "return": self.send_back,
        }

    def stories(self):
        """One story for each card."""
        for place, row in enumerate(self.rows, 1):
            yield life(row, row["life"], self.verbs, self.stage.calendar, place)

    def _product(self, row):
        return Product.objects.get(pk=self.stage.products[row["product"]].pk)

    def _version(self, row):
        return CardVersion.objects.filter(card__product=self.stage.products[row["product"]]).latest("number")

    def _editor(self, row):
        return self.stage.editor(self._merchant_key(row))

    def _merchant_key(self, row):
        merchant = self.stage.products[row["product"]].merchant_id
        return next(key for key, known in self.stage.merchants.items() if known.pk == merchant)

    def open(self, row, name, *, at):
        """Begin a version and write in it what the data says, piece by piece."""
        by, said = self._editor(row), row[name]
        version = cards.open_version(self._product(row), by=by, at=at)
        cards.save_draft(version, words=self._words(version, said), by=by, at=at)
        self._write_points(version, said.get("points", []), by=by, at=at)

    def _words(self, version, said):
        words = {name: value for name, value in said.items() if name not in NOT_WORDS}
        if "promotion" in said:
            words["promotion_from"], words["promotion_to"] = map(self.stage.calendar.on, said["promotion"])
        if "compared_price" in said:
            words["compared_price"] = yuan(said["compared_price"])
        if "applies" in said:
            stays = version.not_applicable.items()
            words["not_applicable"] = {part: why for part, why in stays if part not in said["applies"]}
        return words

    def _write_points(self, version, said, *, by, at):
        standing = list(version.points.all())
        for number, (claim, proof, source) in enumerate(said):
            if number < len(standing):
                changed = {standing[number].pk: {"claim": claim}}
                cards.save_draft(version, points=changed, by=by, at=at)
                continue
            paper = self._paper(version, proof)
            words = {"claim": claim, "credential": paper, "source": source, "beyond_papers": bool(source)}
            point = points.add_point(version, by=by, at=at, **words)
            if proof.startswith(FILE):
                title = proof.removeprefix(FILE).removesuffix(".pdf")
                points.attach_evidence(point, scan(title, [claim]), by=by, at=at)

    def _paper(self, version, proof):
        papers = ProductCredential.objects.filter(product=version.card.product_id)
        return papers.get(kind__code=proof) if proof and not proof.startswith(FILE) else None

    def submit(self, row, *, at):
        cards.submit(self._version(row), by=self._editor(row), at=at)

    def approve(self, row, note, *, at):
        cards.approve(self._version(row), by=self.stage.staff("reviewer"), at=at, note=note)

    def send_back(self, row, note, comments, *, at):
        said = [Comment(text, part=part) for part, text in comments]
        cards.send_back(self._version(row), by=self.stage.staff("reviewer"), at=at, note=note, comments=said)
