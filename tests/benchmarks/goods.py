"""Products for the benchmarks: lines of a sheet of 25 columns, and a catalogue filled by one statement."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.db import connection

from mcn.agency.figures import SHIPPED
from mcn.agency.models import Figure
from mcn.kit import clock, records
from mcn.sheets import writing
from mcn.sheets.sheet import Sheet, sheet_named
from merchants.models import Merchant

COLUMNS = [
    "code", "name", "category", "brand", "unit", "packaging", "origin", "producer", "producer_address",
    "performance", "uses", "ingredients", "shelf_life_days", "service_promises", "standard", "marks",
    "net_content", "intellectual_property", "traceability", "sku", "specification", "gtin", "price",
    "list_price", "stock",
]  # fmt: skip
TASTES = ["原味", "海苔", "芝麻", "抹茶", "榴莲", "椰香", "咸蛋黄", "黑糖", "陈皮", "杏仁"]
GOODS = ["鸡蛋卷", "杏仁饼", "老婆饼", "凤凰卷", "米花糖", "核桃酥", "绿豆糕", "麻花", "沙琪玛", "蝴蝶酥"]


def sheet() -> Sheet:
    """The product sheet."""
    return sheet_named("products")


def merchant() -> Merchant:
    """The merchant to whom all belongs, and the figures that its prices need."""
    at = clock.now()
    if not Figure.objects.exists():
        for key, value, source in SHIPPED:
            figure = Figure(key=key, value=value, valid_from=clock.business_day(at), source=source)
            records.save(figure, by=None, at=at)
    found = Merchant.objects.filter(uscc="91110000600037341L").first()
    return found or records.save(
        Merchant(code="M9001", name="测试商家", uscc="91110000600037341L"), by=None, at=at
    )


def lines(count: int, dearer: int = 0, prefix: str = "SP") -> Iterator[list]:
    """So many products, one SKU each."""
    for number in range(count):
        name = f"岭南{TASTES[number % 10]}{GOODS[number // 10 % 10]} {number} 号"
        made_by = [f"广州食品厂{number % 20}", "广东省广州市天河区1号"]
        facts = ["酥脆", "开袋即食", "小麦粉、鸡蛋、白砂糖", 180, "七天无理由退货"]
        papers = ["GB/T 20977", "绿色食品", "500克", "注册商标", "见包装"]
        product = [f"{prefix}{number:06d}", name, "休闲零食", f"品牌{number % 50}", "盒", "纸盒", "广东广州"]
        price = Decimal(1000 + number % 5000 + dearer) / 100
        sku = [f"{prefix}{number:06d}-A", "500g*2", gtin(number), price, Decimal("99.90"), 100 + number % 7]
        yield [*product, *made_by, *facts, *papers, *sku]


def gtin(number: int) -> str:
    """An EAN-13 with its check digit."""
    body = f"69{number:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def workbook(path: Path, count: int, dearer: int = 0, prefix: str = "SP") -> Path:
    """The lines as a workbook."""
    by_name = {column.name: column for column in sheet().columns}
    with path.open("wb") as target:
        for part in writing.to_xlsx([by_name[name] for name in COLUMNS], lines(count, dearer, prefix)):
            target.write(part)
    return path


def empty() -> None:
    """No product is left of an earlier benchmark, and the next one is the first."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE products_product RESTART IDENTITY CASCADE")


def fill(count: int) -> None:
    """A catalogue of so many products with one SKU each, made by the database itself."""
    owner = merchant().pk
    empty()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO products_product
              (created_at, updated_at, version, merchant_id, code, name, category_text, brand, unit,
               packaging, origin, producer, producer_address, performance, uses, specification, ingredients,
               validity_term, service_promises, standard, marks, net_content, intellectual_property,
               traceability, list_price_basis, extra, state, decision_note, barcodes, search)
            SELECT now(), now(), 1, %s, 'SP' || n, '岭南鸡蛋卷 ' || n, '休闲零食', '品牌', '盒', '纸盒',
                   '广州', '食品厂', '天河区', '酥脆', '即食', '', '小麦粉',
                   '', '七天', 'GB/T 20977', '', '500克', '',
                   '', '', '{}', 'draft', '', '', ' 岭 '
            FROM generate_series(1, %s) n
            """,
            [owner, count],
        )
        # The plan by which keys are checked was made for an empty table: let it be made anew.
        cursor.execute("ANALYZE products_product")
        cursor.execute("DISCARD PLANS")
        cursor.execute(
            """
            INSERT INTO products_sku
              (created_at, updated_at, version, merchant_id, product_id, code,
               specification, gtin, price, list_price, stock, on_sale)
            SELECT now(), now(), 1, merchant_id, id, code || '-A', '500g', '', 12.50, 99.90, 100, true
            FROM products_product
            """
        )
