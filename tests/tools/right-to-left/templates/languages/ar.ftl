language-name = العربية
skip-to-content = انتقل إلى النص
site-navigation = التنقل في الموقع
breadcrumbs = أنت هنا
home = الصفحة الرئيسية
overview-browse = تصفّح
latest = الأحدث
articles = مقالات
n-articles =
    { $count ->
        [0] لا مقالات
        [one] مقال واحد
        [two] مقالان
        [few] { $count } مقالات
        [many] { $count } مقالًا
       *[other] { $count } مقال
    }
years = السنوات
overview-years = كل المقالات حسب السنة
overview-statistics = الأرشيف بالأرقام
coverage = المقالات عبر الزمن
organizations-title = المنظمات
tags-title = المواضيع
about-this-article = عن هذا المقال
in-this-article = في هذا المقال
related = مقالات ذات صلة
published = نُشر في
older = الأقدم
newer = الأحدث
browse-all = تصفّح الأرشيف كله حسب التاريخ والاسم
letters = حسب الحرف
n-terms =
    { $count ->
        [one] مدخل واحد
       *[other] { $count } مدخلًا
    }
feed = خلاصة
feed-of = خلاصة: { $name }
not-found-title = الصفحة غير موجودة
not-found-text = لا توجد صفحة في هذا العنوان.
see-all = عرض الكل ({ $count })
overview-search = بحث
titles-of = كل عناوين { $period }
search-label = كلمات وأسماء وأماكن
search-button = بحث
search-sort = الترتيب
search-from = من
search-until = إلى
search-clear = البدء من جديد
search-help = كيف أبحث
search-results = النتائج
search-results-number = النتائج:
search-previous = النتائج السابقة
search-next = نتائج أخرى
search-indexes = كل الأرشيف في هذه الفهارس: { $count }.
search-titles = كل العناوين حسب السنة
search-all-names = كل الأسماء والمواضيع
search-more-ways = طرق أخرى
