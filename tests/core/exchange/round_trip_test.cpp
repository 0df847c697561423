// SPDX-License-Identifier: GPL-3.0-or-later
// What goes out in a format comes back as it was: every attribute with its type and no other, every vertex.
#include "export_fixtures.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::exchange;
using outlines::Attributes;
using outlines::AttributeType;
using outlines::AttributeValue;

namespace {

/// Two parts, of which one has a rock.
geo::MultiPolygon twoParts() {
    geo::MultiPolygon shape{rectangle(10.75, 46.8, 10.76, 46.81), rectangle(10.78, 46.8, 10.79, 46.81)};
    shape[0].holes.push_back({{10.753, 46.803}, {10.753, 46.8061234}, {10.757, 46.806}, {10.757, 46.803}});
    return shape;
}

/// Names that KML has for fields of its own.
Attributes ofKmlsNames() {
    return {
        {"description", "my words"}, {"timestamp", "of old"}, {"begin", "at the col"}, {"end", "in a lake"},
        {"altitudeMode", 3},         {"tessellate", 7},       {"extrude", 1},          {"visibility", 0.5},
        {"drawOrder", "none"},       {"icon", "mine"}};
}

std::string described(const Attributes& attributes) {
    std::string all;
    for (const auto& [name, value] : attributes) {
        all += name + " (" + outlines::toString(value.type()) +
               ") = " + (value.isNull() ? "null" : value.text()) + "\n";
    }
    return all;
}

} // namespace

class RoundTripTest : public QObject {
    Q_OBJECT

    static void forEachFormat() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"out.shp", "out.gpkg", "out.geojson", "out.kml", "out.fgb"}) {
            QTest::newRow(name) << name;
        }
    }

    static std::pair<outlines::Outline, WrittenOutlines> sentAndBack(const outlines::Outline& outline,
                                                                     const QString& name) {
        const auto degrees = geo::Crs::fromUserInput("EPSG:4326");
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(name).toStdString();
        const auto written = writeOutlines(pointersTo({outline}), degrees, file, ExportOptions());
        const auto back = readOutlines(file, degrees).outlines;
        return {back.size() == 1 ? back.front() : outlines::Outline(), written};
    }

private Q_SLOTS:
    void everyAttributeComesBackWithItsTypeAndNoneIsInvented_data() { forEachFormat(); }
    void everyAttributeComesBackWithItsTypeAndNoneIsInvented() {
        QFETCH(QString, name);
        auto sent = glacier(outlines::makeUuid(), twoParts());
        sent.name = "Gepatschferner";
        sent.attributes = {{"code", "01"},
                           {"count", 3},
                           {"share", 0.1},
                           {"height", -2.5},
                           {"empty_i", AttributeValue::null(AttributeType::Integer)},
                           {"words", "Zunge unter Schutt, \"unklar\" <&>"},
                           {"long_text", std::string(254, 'x')}};
        const auto [back, written] = sentAndBack(sent, name);
        QCOMPARE(back.name, sent.name);
        for (auto& [attribute, value] : sent.attributes) {
            QVERIFY2(back.attributes.contains(attribute) || value.isNull(), attribute.c_str());
        }
        auto found = back.attributes;
        for (const char* own : {"cenlon", "cenlat", "utm_zone", "area_km2"}) { // which every outline gets
            QVERIFY2(found.erase(own) == 1, own);
        }
        found.erase("empty_i"); // some formats leave out what is empty
        auto expected = sent.attributes;
        expected.erase("empty_i");
        QVERIFY2(found == expected, described(found).c_str());
        QVERIFY2(written.notes.empty(), written.notes.empty() ? "" : written.notes.front().c_str());
    }

    void aColumnThatAFormatUsesItselfIsAnAttributeLikeAnyOther_data() { forEachFormat(); }
    void aColumnThatAFormatUsesItselfIsAnAttributeLikeAnyOther() {
        QFETCH(QString, name);
        auto sent = glacier(outlines::makeUuid(), twoParts(), ofKmlsNames());
        sent.name = "Gepatschferner";
        const auto [back, written] = sentAndBack(sent, name);
        QCOMPARE(back.name, sent.name);
        for (const auto& [attribute, value] : sent.attributes) {
            // A Shapefile has ten letters for a name, and says so.
            const std::string kept = name == "out.shp" ? attribute.substr(0, 10) : attribute;
            QVERIFY2(back.attributes.contains(kept) && back.attributes.at(kept) == value,
                     (attribute + "\n" + described(back.attributes)).c_str());
        }
        QCOMPARE(written.notes.empty(), name != "out.shp");
    }

    void whatKmlSaysOfHowItIsDrawnIsNoAttributeOfAGlacier() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("globe.kml").toStdString();
        writeText(file,
                  "<?xml version='1.0' encoding='UTF-8'?>"
                  "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><Placemark><name>Khumbu</name>"
                  "<description>of a globe</description><visibility>1</visibility><Polygon>"
                  "<tessellate>1</tessellate><altitudeMode>clampToGround</altitudeMode>"
                  "<outerBoundaryIs><LinearRing><coordinates>10,46 10.1,46 10.1,46.1 10,46</coordinates>"
                  "</LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>");
        const auto back = readOutlines(file, geo::Crs::fromUserInput("EPSG:4326")).outlines;
        QCOMPARE(back.size(), std::size_t(1));
        QCOMPARE(back[0].name, std::string("Khumbu"));
        QCOMPARE(described(back[0].attributes), std::string("description (text) = of a globe\n"));
    }

    void wholeNumbersOf64BitsAndDaysComeBackOrAreTold_data() { forEachFormat(); }
    void wholeNumbersOf64BitsAndDaysComeBackOrAreTold() {
        QFETCH(QString, name);
        const AttributeValue wide(std::int64_t{755531000111});
        const auto day = AttributeValue::moment(AttributeType::Date, "2020-08-20");
        const auto [back, written] = sentAndBack(
            glacier(outlines::makeUuid(), twoParts(), {{"wide", wide}, {"mapped", day}, {"flag", true}}),
            name);
        const auto isKeptOrTold = [&](const char* attribute, const AttributeValue& value) {
            return back.attributes.at(attribute) == value ||
                   (isTold(written.notes, attribute) &&
                    (back.attributes.at(attribute).text() == value.text() || value.boolean() != nullptr));
        };
        QVERIFY2(isKeptOrTold("wide", wide), described(back.attributes).c_str());
        QVERIFY2(isKeptOrTold("mapped", day), described(back.attributes).c_str());
        QVERIFY2(isKeptOrTold("flag", true), described(back.attributes).c_str());
        QCOMPARE(isTold(written.notes, "wide"), name == "out.kml");
    }

    void partsAndHolesComeBackToTheCoordinate_data() { forEachFormat(); }
    void partsAndHolesComeBackToTheCoordinate() {
        QFETCH(QString, name);
        const auto sent = glacier(outlines::makeUuid(), twoParts());
        const auto back = sentAndBack(sent, name).first;
        QCOMPARE(back.geometry.size(), std::size_t(2));
        QCOMPARE(back.geometry[0].holes.size() + back.geometry[1].holes.size(), std::size_t(1));
        for (const auto& part : sent.geometry) {
            for (const geo::Point& point : part.outer) {
                QVERIFY(
                    std::any_of(back.geometry.begin(), back.geometry.end(), [&](const geo::Polygon& other) {
                        return std::find(other.outer.begin(), other.outer.end(), point) != other.outer.end();
                    }));
            }
        }
        const auto& holes = back.geometry[0].holes.empty() ? back.geometry[1].holes : back.geometry[0].holes;
        for (const geo::Point& point : sent.geometry[0].holes[0]) {
            QVERIFY(std::find(holes[0].begin(), holes[0].end(), point) != holes[0].end());
        }
    }
};

QTEST_GUILESS_MAIN(RoundTripTest)
#include "round_trip_test.moc"
