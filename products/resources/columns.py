"""The columns of the product sheet: a product's facts, then what is bought of it."""

from django.utils.translation import gettext_lazy as _

from mcn.sheets.columns import Column, Kind


def _fact(name, label, *synonyms, **options):
    return Column(name, label, synonyms=synonyms, **options)


OWNER = [
    Column(
        "merchant",
        _("merchant code"),
        Kind.CODE,
        synonyms=("商家编码", "商家代码", "商家", "merchant", "merchant_code"),
        help=_("Only where the file holds products of several merchants, such as M0001."),
        example="M0001",
    ),
]
PRODUCT = [
    Column(
        "code",
        _("product number"),
        Kind.CODE,
        synonyms=(
            "商品编号",
            "商品编码",
            "商品货号",
            "货号",
            "商品ID",
            "款号",
            "SPU",
            "SPU编码",
            "product_number",
            "item no",
        ),
        help=_("The merchant's own number; rows with the same number are one product."),
        example="SP-1001",
    ),
    Column(
        "name",
        _("product name"),
        synonyms=(
            "商品名称",
            "名称",
            "品名",
            "产品名称",
            "商品标题",
            "标题",
            "name",
            "product name",
            "title",
        ),
        required=True,
        help=_("As it stands on the package."),
        example="岭南手工鸡蛋卷",
        width=30,
    ),
    _fact(
        "category",
        _("category"),
        "类目",
        "分类",
        "商品分类",
        "品类",
        "categories",
        "category",
        example="休闲零食",
    ),
    _fact("brand", _("brand"), "品牌", "brand"),
    _fact("unit", _("unit"), "单位", "计量单位", "unit"),
    _fact("packaging", _("packaging"), "包装", "包装方式", "packaging"),
    _fact("origin", _("place of origin"), "产地", "原产地", "origin"),
    _fact(
        "producer",
        _("producer"),
        "生产者",
        "生产商",
        "生产厂家",
        "制造商",
        "生产企业",
        "producer",
        "manufacturer",
    ),
    _fact("producer_address", _("producer's address"), "生产地址", "生产者地址", "厂址"),
    _fact("performance", _("performance"), "性能", "功能", "功效", "performance"),
    _fact("uses", _("uses"), "用途", "使用方法", "uses"),
    _fact(
        "ingredients",
        _("ingredients or material"),
        "成分",
        "配料",
        "配料表",
        "材质",
        "成分或材质",
        "ingredients",
    ),
    Column(
        "shelf_life_days",
        _("shelf life in days"),
        Kind.INTEGER,
        synonyms=("保质期", "保质期天数", "保质期(天)", "shelf life"),
    ),
    _fact("validity_term", _("validity in words"), "有效期", "有效期说明", "限期使用日期"),
    _fact("service_promises", _("service promises"), "服务承诺", "售后承诺", "售后服务"),
    _fact("standard", _("executing standard"), "执行标准", "产品标准号", "standard"),
    _fact("marks", _("marks and certificates"), "标志", "认证标志", "标志与证明", "marks"),
    _fact("net_content", _("net content"), "净含量", "net content"),
    _fact("intellectual_property", _("intellectual property"), "知识产权", "商标", "商标专利"),
    _fact("traceability", _("traceability"), "追溯", "追溯信息", "溯源"),
    _fact("list_price_basis", _("basis of the struck-through price"), "划线价依据", "原价依据"),
]
SKU = [
    Column(
        "sku",
        _("SKU code"),
        Kind.CODE,
        synonyms=("SKU", "SKU编码", "SKU编号", "规格编码", "商家SKU", "sku_code"),
        help=_("Unique within the merchant; without it the barcode stands for it, then the product number."),
        example="SP-1001-A",
    ),
    Column(
        "specification",
        _("specification"),
        synonyms=("规格", "SKU规格", "规格型号", "颜色", "尺码", "specification"),
    ),
    Column(
        "gtin",
        _("barcode"),
        Kind.CODE,
        synonyms=("条码", "条形码", "国际条码", "69码", "EAN", "barcode", "gtin"),
    ),
    Column(
        "price",
        _("price"),
        Kind.PRICE,
        synonyms=("售价", "价格", "销售价", "单价", "直播价", "price", "sale price"),
        help=_("In yuan, to the cent."),
        example="39.90",
    ),
    Column(
        "list_price",
        _("struck-through price"),
        Kind.PRICE,
        synonyms=("划线价", "原价", "市场价", "吊牌价", "list price"),
    ),
    Column(
        "cost_price",
        _("cost price"),
        Kind.PRICE,
        synonyms=("进价", "成本价", "供货价", "结算价", "cost price", "cost"),
    ),
    Column(
        "stock",
        _("declared stock"),
        Kind.INTEGER,
        synonyms=("库存", "现货", "现货数量", "库存数量", "stock", "qty"),
    ),
    Column("on_sale", _("on sale"), Kind.YES_NO, synonyms=("在售", "是否在售", "上架", "status")),
]
COLUMNS = [*OWNER, *PRODUCT, *SKU]
# What a row sets on the product as it stands; category needs the tree, and the number names the product.
FACTS = [column.name for column in PRODUCT if column.name not in ("code", "category")]
PRICED = ["specification", "gtin", "price", "list_price", "cost_price", "stock", "on_sale"]
