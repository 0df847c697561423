// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of attributes, and what somebody types into them.
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"
#include "support/messages.h"

#include <QtTest>

#include <set>
#include <string>

using namespace nunatak;
using namespace nunatak::outlines;
using namespace nunatak::tests;

namespace {

std::string whyNot(const std::string& name, AttributeType type, const std::string& text) {
    return messageOf([&] { typedAttribute(name, type, text); });
}

} // namespace

class AttributeSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachNameMeansOneAttribute() {
        std::set<std::string> names;
        for (const AttributeInfo& info : attributeSchema()) {
            QVERIFY2(names.insert(info.id).second, info.id);
            QVERIFY2(attributeInfo(info.id) == &info, info.id);
            QVERIFY2(info.title[0] != '\0' && info.meaning[0] != '\0', info.id);
            for (const char* spelling : info.spellings) {
                QVERIFY2(names.insert(spelling).second, spelling);
                QVERIFY2(attributeInfo(spelling) == &info, spelling);
            }
            QVERIFY2(info.standsFor[0] == '\0' || attributeInfo(info.standsFor) != nullptr, info.id);
            QVERIFY2(!isOwnColumn(info.id), info.id);
        }
    }

    void namesAreKnownWhateverTheirCapitals() {
        QCOMPARE(QString(attributeInfo("RGIId")->id), "rgi_id");
        QCOMPARE(QString(attributeInfo("Surging")->id), "surge_type");
        QCOMPARE(QString(attributeInfo("TERM_TYPE")->id), "term_type");
        // RGI 6 has other codes there than RGI 7.
        QCOMPARE(QString(attributeInfo("TermType")->id), "TermType");
        QCOMPARE(QString(choiceOf(*attributeInfo("TermType"), 5)->meaning), "shelf-terminating");
        QCOMPARE(QString(choiceOf(*attributeInfo("term_type"), 3)->meaning), "shelf-terminating");
        QVERIFY(attributeInfo("Massif") == nullptr);
        QCOMPARE(titleOf("Massif"), std::string("Massif"));
    }

    void codesAreUnderstoodAsFilesHaveThem() {
        for (const AttributeValue& value : {AttributeValue(2), AttributeValue(2.0), AttributeValue("2")}) {
            QCOMPARE(meaningOf("term_type", value), std::string("lake-terminating"));
        }
        QCOMPARE(meaningOf("term_type", 7), std::string("7")); // no code
        QCOMPARE(meaningOf("name", "2"), std::string("2"));
    }

    void aColumnOfTextsMayHaveWordsInsteadOfCodes() {
        QVERIFY(typedAttribute("Form", AttributeType::Text, "valley glacier") ==
                AttributeValue("valley glacier"));
        QVERIFY(says(whyNot("Form", AttributeType::Integer, "valley glacier"), "is one of"));
    }

    void whatIsTypedBecomesAValueOfItsType() {
        QVERIFY(typedAttribute("zmax_m", AttributeType::Real, " 12,5 ") == AttributeValue(12.5));
        QVERIFY(typedAttribute("zmax_m", AttributeType::Real, "-3e2") == AttributeValue(-300.0));
        QVERIFY(typedAttribute("lmax_m", AttributeType::Integer, "8548") == AttributeValue(8548));
        QVERIFY(typedAttribute("term_type", AttributeType::Integer, "Lake-terminating") == AttributeValue(2));
        QVERIFY(typedAttribute("term_type", AttributeType::Real, "2") == AttributeValue(2.0));
        QVERIFY(typedAttribute("nice", AttributeType::Boolean, "Yes") == AttributeValue(true));
        QVERIFY(typedAttribute("src_date", AttributeType::Date, "20.08.2020") ==
                AttributeValue::moment(AttributeType::Date, "2020-08-20"));
        QVERIFY(typedAttribute("src_date", AttributeType::Date, "2003") ==
                AttributeValue::moment(AttributeType::Date, "2003"));
        QVERIFY(typedAttribute("at", AttributeType::Time, "7:05") ==
                AttributeValue::moment(AttributeType::Time, "07:05:00"));
        QVERIFY(typedAttribute("at", AttributeType::DateTime, "2020-08-20 10:30Z") ==
                AttributeValue::moment(AttributeType::DateTime, "2020-08-20T10:30:00Z"));
        QVERIFY(typedAttribute("glac_name", AttributeType::Text, " 01 ") == AttributeValue("01"));
        QVERIFY(typedAttribute("tags", AttributeType::Text, "calving; debris,, calving") ==
                AttributeValue("calving, debris"));
        for (const auto type : {AttributeType::Real, AttributeType::Text, AttributeType::Date}) {
            QVERIFY(typedAttribute("any", type, "  ") == AttributeValue::null(type));
        }
    }

    void whatIsNoneOfItsTypeIsRefusedInASentence() {
        QVERIFY(says(whyNot("lmax_m", AttributeType::Integer, "12.5"), "Maximum length is a whole number"));
        QVERIFY(says(whyNot("zmax_m", AttributeType::Real, "1.234,5"), "is a number, such as"));
        QVERIFY(says(whyNot("zmax_m", AttributeType::Real, "inf"), "is a number, such as"));
        QVERIFY(says(whyNot("debris_pct", AttributeType::Real, "120"), "between 0 and 100 %"));
        QVERIFY(says(whyNot("src_date", AttributeType::Date, "08/07/2020"), "two dates"));
        QVERIFY(says(whyNot("src_date", AttributeType::Date, "2999-01-01"), "lies ahead"));
        QVERIFY(says(whyNot("gone", AttributeType::Date, "2003"), "is a day, such as"));
        QVERIFY(says(whyNot("term_type", AttributeType::Integer, "4"), "2 (lake-terminating)"));
        QVERIFY(says(whyNot("nice", AttributeType::Boolean, "perhaps"), "is yes or no"));
        QVERIFY(says(whyNot("at", AttributeType::Time, "25:00"), "is a time of the day"));
        QVERIFY(says(whyNot("GLIMSId", AttributeType::Text, "abc"), "has the form of G010752E46802N"));
        QVERIFY(says(whyNot("rgi_id", AttributeType::Text, "15.03733"), "has the form of RGI60-"));
        for (const char* id :
             {"RGI50-11.00648", "RGI60-15.03733", "RGI2000-v7.0-G-11-03116", "RGI2000-v7.0-C-11-02192"}) {
            QCOMPARE(whyNot("rgi_id", AttributeType::Text, id), std::string());
        }
        QCOMPARE(whyNot("glims_id", AttributeType::Text, "G340459E63613N"), std::string());
        QCOMPARE(whyNot("local_id", AttributeType::Text, "abc"), std::string()); // whatever who gave it likes
    }

    void whatDescribesAShapeIsKnownByItsUsualNames() {
        for (const char* name : {"area_km2", "Area", "SHAPE_Leng", "zmin_m", "Zmed", "debris_pct", "Lmax"}) {
            QVERIFY2(describesTheShape(name), name);
        }
        for (const char* name : {"rgi_id", "term_type", "Massif", "tags", "dem_source"}) {
            QVERIFY2(!describesTheShape(name), name);
        }
    }

    void aGlacierWithoutANameIsCalledByItsIds() {
        Outline outline;
        outline.attributes = {{"GLIMS_ID", "G010752E46802N"}};
        QCOMPARE(nameOf(outline), std::string("G010752E46802N"));
        outline.attributes["RGIId"] = "RGI60-11.00897";
        QCOMPARE(nameOf(outline), std::string("RGI60-11.00897"));
    }
};

QTEST_APPLESS_MAIN(AttributeSchemaTest)
#include "attribute_schema_test.moc"
