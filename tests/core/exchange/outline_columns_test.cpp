// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_fields.h"
#include "exchange_fixtures.h"
#include "geo/shape_operations.h"
#include "outlines/attribute_schema.h"
#include "raster/raster_reader.h"
#include "support/shared_data.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <limits>
#include <map>

using namespace nunatak;
using namespace nunatak::exchange;
using namespace nunatak::tests;
using outlines::Attributes;
using outlines::AttributeType;
using outlines::AttributeValue;

namespace {

outlines::Outline glacierWith(Attributes attributes, double side = 1000, double x = 600000) {
    outlines::Outline outline;
    outline.uuid = outlines::makeUuid();
    outline.geometry = {rectangle(x, 5200000, x + side, 5200000 + side)};
    outline.attributes = std::move(attributes);
    outline.describedShape = geo::fingerprint(outline.geometry);
    return outline;
}

/// What OGR reads: each field's value, with its type, of each feature.
struct Written {
    std::vector<std::map<std::string, AttributeValue>> features;
    std::vector<std::string> names;
    std::map<std::string, OGRFieldType> types;
    std::vector<std::string> notes;

    bool isTold(const std::string& words) const {
        return std::any_of(notes.begin(), notes.end(),
                           [&](const auto& note) { return note.find(words) != std::string::npos; });
    }
};

AttributeValue plainValue(const OGRFeature& feature, int field) {
    const auto* definition = feature.GetFieldDefnRef(field);
    if (feature.IsFieldSetAndNotNull(field) == 0) {
        return {};
    }
    switch (definition->GetType()) {
    case OFTInteger:
    case OFTInteger64:
        return definition->GetSubType() == OFSTBoolean ? AttributeValue(feature.GetFieldAsInteger(field) != 0)
                                                       : AttributeValue(feature.GetFieldAsInteger64(field));
    case OFTReal:
        return feature.GetFieldAsDouble(field);
    default:
        return feature.GetFieldAsString(field);
    }
}

Written written(const std::vector<outlines::Outline>& outlines, const QString& file) {
    Written found;
    found.notes = writeOutlines(outlines, utm32(), file.toStdString()).notes;
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
        GDALOpenEx(file.toUtf8().constData(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
    auto* layer = dataset ? dataset->GetLayer(0) : nullptr;
    if (layer == nullptr) {
        return found;
    }
    for (int i = 0; i < layer->GetLayerDefn()->GetFieldCount(); ++i) {
        const auto* field = layer->GetLayerDefn()->GetFieldDefn(i);
        found.names.emplace_back(field->GetNameRef());
        found.types[field->GetNameRef()] = field->GetType();
    }
    for (const auto& feature : *layer) {
        auto& values = found.features.emplace_back();
        for (std::size_t i = 0; i < found.names.size(); ++i) {
            values[found.names[i]] = plainValue(*feature, static_cast<int>(i));
        }
    }
    return found;
}

} // namespace

class OutlineColumnsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    QString newFile(const QString& extension) {
        return m_folder.filePath(QStringLiteral("out%1%2").arg(++m_count).arg(extension));
    }

    static void forEachFormat() {
        QTest::addColumn<QString>("extension");
        QTest::newRow("shapefile") << ".shp";
        QTest::newRow("geopackage") << ".gpkg";
        QTest::newRow("geojson") << ".geojson";
    }

private Q_SLOTS:
    void reviewsAndTypedAttributesComeBackFromEachFormat() {
        auto outline = glacierWith({{"term_type", 2},
                                    {"surge_type", AttributeValue::null(AttributeType::Integer)},
                                    {"debris_pct", 12.5},
                                    {"tags", "calving, debris"},
                                    {"notes", "The front has a lake."},
                                    {"mapped", AttributeValue::moment(AttributeType::Date, "2020-08-20")}});
        outline.name = "Khumbu Glacier";
        outline.origin = outlines::Origin::Imported;
        outline.review = outlines::Review::Doubtful;
        outline.reviewRecord = {"A. Heim", "2026-01-02T03:04:05Z", "Is that ice?", true};
        auto unseen = glacierWith({{"term_type", 0}, {"debris_pct", 3.0}}, 1000, 610000);
        unseen.origin = outlines::Origin::Machine;
        unseen.reviewRecord = {"B. Studer", "2026-01-03T03:04:05Z", "Look at it in autumn.", false};
        for (const char* name : {"back.gpkg", "back.shp", "back.geojson"}) {
            const auto file = m_folder.filePath(name).toStdString();
            writeOutlines({outline, unseen}, utm32(), file);
            const auto read = readOutlines(file, utm32());
            QVERIFY2(read.outlines.size() == 2, name);
            const auto& back = read.outlines.front();
            QCOMPARE(back.name, outline.name);
            QVERIFY2(back.reviewRecord == outline.reviewRecord, name);
            QVERIFY2(back.review == outline.review, name);
            QVERIFY2(read.outlines.back().reviewRecord == unseen.reviewRecord, name);
            for (const char* attribute : {"term_type", "debris_pct", "tags", "notes", "mapped"}) {
                QVERIFY2(back.attributes.contains(attribute) &&
                             back.attributes.at(attribute) == outline.attributes.at(attribute),
                         qPrintable(QString("%1 in %2").arg(attribute, name)));
            }
            for (const char* column : {"reviewer", "rev_time", "rev_note", "rev_old"}) {
                QVERIFY2(!back.attributes.contains(column), column); // said where it belongs, not twice
            }
        }
    }

    void aColumnOfOursThatSomebodySaysIsNoneIsAnAttribute() {
        auto outline = glacierWith({});
        outline.origin = outlines::Origin::Imported;
        outline.review = outlines::Review::Accepted;
        outline.reviewRecord = {"A. Heim", "2026-01-02T03:04:05Z", "", false};
        const auto file = m_folder.filePath("mine.gpkg").toStdString();
        writeOutlines({outline}, utm32(), file);
        ImportOptions options;
        options.mapping[FieldRole::Reviewer] = {};
        const auto back = readOutlines(file, utm32(), options).outlines.front();
        QVERIFY(back.reviewRecord.reviewer.empty());
        QVERIFY(back.attributes.at("reviewer") == AttributeValue("A. Heim"));
        QCOMPARE(back.reviewRecord.time, outline.reviewRecord.time);
    }

    void noAttributeCanBeCalledLikeAColumnOfOurs() {
        for (const auto& field : ownFields()) {
            const bool isSaidByAll = outlines::attributeInfo(field.name) != nullptr;
            QVERIFY2(isSaidByAll != outlines::isOwnColumn(field.name), field.name.c_str());
        }
    }

    void numbersAreNumbersAndTextsOfDigitsAreTexts_data() { forEachFormat(); }
    void numbersAreNumbersAndTextsOfDigitsAreTexts() {
        QFETCH(QString, extension);
        const Attributes attributes{{"o1region", "01"},
                                    {"term_type", 9},
                                    {"missing", -9999},
                                    {"anlys_id", std::int64_t{755531000111}},
                                    {"slope_deg", 18.13811},
                                    {"whole", 5.0},
                                    {"tiny", 1.2345e-9},
                                    {"precise", 123456789012.25},
                                    {"nothing", AttributeValue::null(AttributeType::Integer)}};
        const auto file = written({glacierWith(attributes)}, newFile(extension));
        for (const auto& [name, value] : attributes) {
            const auto& back = file.features.at(0).at(name);
            QVERIFY2(value.isNull() ? back.isNull() : back == value, (name + " = " + back.text()).c_str());
        }
        QVERIFY2(file.notes.empty(), file.notes.empty() ? "" : file.notes[0].c_str());
    }

    void namesThatTheFormatsUseThemselvesAreKept_data() { forEachFormat(); }
    void namesThatTheFormatsUseThemselvesAreKept() {
        QFETCH(QString, extension);
        const Attributes attributes{{"fid", 7},     {"geom", "a"},   {"ogc_fid", 8}, {"geometry", "b"},
                                    {"id", 9},      {"rowid", 10},   {"type", "c"},  {"order", 11},
                                    {"a\"b'c", 12}, {"_rowid_", 13}, {"SHAPE", "d"}, {"größe", 14}};
        const auto file = written({glacierWith(attributes)}, newFile(extension));
        for (const auto& [name, value] : attributes) {
            QVERIFY2(file.features.at(0).contains(name), name.c_str());
            QVERIFY2(file.features.at(0).at(name) == value, name.c_str());
        }
    }

    void namesThatDifferInCapitalsAloneAreBothKeptAndTold() {
        const auto file = written({glacierWith({{"FID", 1}, {"fid", 2}, {"Fid", 3}})}, newFile(".gpkg"));
        std::int64_t sum = 0;
        for (const auto& [name, value] : file.features.at(0)) {
            sum += QString::fromStdString(name).startsWith("fid", Qt::CaseInsensitive) ? *value.integer() : 0;
        }
        QCOMPARE(sum, std::int64_t{6});
        QVERIFY(file.isTold("Fid → Fid_1"));
    }

    void namesThatAShapefileCutsAreToldWithWhatTheyBecame() {
        const auto file = written(
            {glacierWith({{"debris_cover_1", 1}, {"debris_cover_2", 2}, {"debris_cov", 3}, {"x", 4}})},
            newFile(".shp"));
        QVERIFY(*file.features.at(0).at("debris_cov").integer() == 3);
        QVERIFY(*file.features.at(0).at("debris_c_1").integer() == 1);
        QVERIFY(*file.features.at(0).at("debris_c_2").integer() == 2);
        QVERIFY(file.isTold("debris_cover_1 → debris_c_1 and debris_cover_2 → debris_c_2"));
        QVERIFY(!file.isTold("x →"));
    }

    void aTextThatAShapefileCutsIsToldAndEndsWithAWholeCharacter() {
        const std::string text = std::string(253, 'x') + "éé";
        const auto glacier = glacierWith({{"remark", text}, {"short", "y"}});
        const auto file = written({glacier, glacierWith({{"remark", "z"}})}, newFile(".shp"));
        for (const auto& feature : file.features) {
            const auto back = feature.at("remark").text();
            QVERIFY(back == std::string(253, 'x') || back == "z");
        }
        QVERIFY(file.isTold("254 bytes"));
        QVERIFY(file.isTold("remark (one outline)"));
        QCOMPARE(written({glacier}, newFile(".gpkg")).features.at(0).at("remark").text(), text);
    }

    void numbersTooWideForAShapefileBecomeTextsAndAreTold() {
        const Attributes attributes{{"huge", 1e300},
                                    {"large_id", std::numeric_limits<std::int64_t>::max()},
                                    {"no_data", -std::numeric_limits<double>::max()},
                                    {"wide", 1e22},
                                    {"fine", 0.1}};
        const auto file = written({glacierWith(attributes)}, newFile(".shp"));
        const auto& back = file.features.at(0);
        QCOMPARE(back.at("huge").text(), std::string("1e+300"));
        QCOMPARE(back.at("large_id").text(), std::string("9223372036854775807"));
        QVERIFY(*back.at("wide").real() == 1e22);
        QVERIFY(file.isTold("huge, large_id and no_data"));
        QVERIFY(!file.isTold("wide") && !file.isTold("fine"));
        const auto whole = written({glacierWith(attributes)}, newFile(".gpkg"));
        QVERIFY(whole.features.at(0).at("huge") == attributes.at("huge"));
        QVERIFY(whole.features.at(0).at("large_id") == attributes.at("large_id"));
    }

    void yesAndNoDaysAndTimesAreKeptOrTold() {
        const Attributes attributes{
            {"checked", true},
            {"day", AttributeValue::moment(AttributeType::Date, "2003-07-30")},
            {"moment", AttributeValue::moment(AttributeType::DateTime, "2003-07-30T10:15:00Z")}};
        const auto package = written({glacierWith(attributes)}, newFile(".gpkg"));
        QVERIFY(package.features.at(0).at("checked") == AttributeValue(true));
        QVERIFY(package.types.at("day") == OFTDate && package.types.at("moment") == OFTDateTime);
        QVERIFY(package.notes.empty());
        const auto shapefile = written({glacierWith(attributes)}, newFile(".shp"));
        QVERIFY(shapefile.features.at(0).at("checked") == AttributeValue(1));
        QVERIFY(shapefile.types.at("day") == OFTDate);
        QCOMPARE(shapefile.features.at(0).at("moment").text(), std::string("2003-07-30T10:15:00Z"));
        QVERIFY(shapefile.isTold("1 and 0") && shapefile.isTold("checked"));
        QVERIFY(shapefile.isTold("times of the day: moment"));
        const auto json = newFile(".geojson");
        writeOutlines({glacierWith(attributes)}, utm32(), json.toStdString());
        QFile text(json);
        QVERIFY(text.open(QFile::ReadOnly));
        const auto content = text.readAll();
        QVERIFY(content.contains(R"("checked": true)"));
        QVERIFY(content.contains(R"("day": "2003-07-30")"));
    }

    void aColumnOfTextsAndNumbersIsTextAndTold() {
        const auto file = written({glacierWith({{"class", 1}, {"value", 1}}),
                                   glacierWith({{"class", "1a"}, {"value", 1.5}}, 1000, 602000)},
                                  newFile(".gpkg"));
        QVERIFY(file.types.at("class") == OFTString);
        QVERIFY(file.types.at("value") == OFTReal);
        QVERIFY(file.isTold("class") && !file.isTold("value"));
    }

    void anRgiIdOfSeveralOutlinesStaysOnTheLargest() {
        const AttributeValue id("RGI2000-v7.0-G-11-00001");
        const auto file = written({glacierWith({{"rgi_id", id}, {"glims_id", "G010E46N"}}, 500),
                                   glacierWith({{"rgi_id", id}, {"glims_id", "G010E46N"}}, 900, 602000),
                                   glacierWith({{"rgi_id", "RGI2000-v7.0-G-11-00002"}}, 100, 604000)},
                                  newFile(".shp"));
        for (const auto& feature : file.features) {
            const bool isSmallPiece = std::abs(*feature.at("area_km2").real() - 0.25) < 0.01;
            QCOMPARE(feature.at("rgi_id").isNull(), isSmallPiece);
        }
        QVERIFY(file.isTold("rgi_id is the same for several outlines: RGI2000-v7.0-G-11-00001 (2 outlines)"));
        QVERIFY(file.isTold("glims_id is the same"));
        QVERIFY(!file.isTold("00002"));
    }

    void anIdOfTwoDatesOfAGlacierStaysOnBoth() {
        auto before = glacierWith({{"glims_id", "G010E46N"}});
        auto after = before;
        after.uuid = outlines::makeUuid();
        before.srcDate = "2003-08-01";
        after.srcDate = "2015-08-01";
        QVERIFY(written({before, after}, newFile(".gpkg")).notes.empty());
        for (auto* outline : {&before, &after}) {
            outline->attributes["rgi_id"] = "RGI60-11.00001";
        }
        const auto file = written({before, after}, newFile(".gpkg"));
        for (const auto& feature : file.features) {
            QCOMPARE(feature.at("rgi_id").text(), std::string("RGI60-11.00001"));
        }
        QVERIFY(file.isTold("rgi_id is the same for several dates of a glacier: RGI60-11.00001."));
    }

    void whatDescribesAShapeIsPassedOnAsLongAsItIsThatShape() {
        const geo::CoordinateTransform toDegrees(utm32(), geo::Crs::fromUserInput("EPSG:4326"));
        const auto place = toDegrees(geo::Point{600300, 5200200});
        const Attributes attributes{{"zmax_m", 3500.5},  {"perimeter", 4000},  {"cenlon", place.x},
                                    {"cenlat", place.y}, {"area_km2", 1.0011}, {"surge_type", 1}};
        const auto same = glacierWith(attributes);
        auto edited = glacierWith(attributes, 1000, 602000);
        edited.geometry[0].outer[0].x -= 1;
        const auto file = written({same, edited}, newFile(".shp"));
        for (const auto& feature : file.features) {
            const bool isSame = feature.at("uuid").text() == same.uuid;
            QCOMPARE(*feature.at("area_km2").real() == 1.0011, isSame);
            QCOMPARE(std::abs(*feature.at("cenlon").real() - place.x) < 1e-12, isSame);
            QCOMPARE(feature.at("zmax_m").isNull(), !isSame);
            QCOMPARE(feature.at("perimeter").isNull(), !isSame);
            QVERIFY(feature.at("surge_type") == AttributeValue(1));
        }
        QVERIFY(file.isTold("Left empty for one outline"));
        QVERIFY(file.isTold("perimeter and zmax_m"));
        QVERIFY(file.isTold("Measured anew for one outline"));
        const auto none = written({edited}, newFile(".shp"));
        QVERIFY(none.isTold("Left out") && !none.types.contains("zmax_m"));
    }

    void whatMayDescribeAnotherShapeIsPassedOnAndTold() {
        auto drawn = glacierWith({{"length", 2000}, {"area_km2", 7.0}, {"massif", "Ecrins"}});
        drawn.describedShape = 0; // a column that somebody added in a GIS, or a project of an earlier version
        const auto file = written({drawn}, newFile(".gpkg"));
        QVERIFY(file.features.at(0).at("length") == AttributeValue(2000));
        QVERIFY(std::abs(*file.features.at(0).at("area_km2").real() - 1.0) < 0.01);
        QVERIFY(file.isTold("Passed on for one outline") && file.isTold("the present shape: length."));
        QVERIFY(file.isTold("Measured anew for one outline") && file.isTold("area_km2"));
        QVERIFY(!file.isTold("massif"));
    }

    void measuresOfTheImportedFileThatCannotBeTrueAreMeasuredAndTold() {
        const auto file = written(
            {glacierWith({{"cenlon", 46.945}, {"cenlat", 10.32}, {"area_km2", 1001100.0}, {"utm_zone", 33}})},
            newFile(".gpkg"));
        const auto& feature = file.features.at(0);
        QVERIFY(std::abs(*feature.at("area_km2").real() - 1.0) < 0.01);
        QVERIFY(std::abs(*feature.at("cenlon").real() - 10.32) < 0.01);
        QVERIFY(feature.at("utm_zone") == AttributeValue(32));
        QVERIFY(file.isTold("area_km2") && file.isTold("cenlon and cenlat") && file.isTold("utm_zone"));
    }

    void blanksThatAShapefileDropsAreTold() {
        const Attributes attributes{{"padded", "  x "}, {"inner", "a b"}};
        const auto file = written({glacierWith(attributes)}, newFile(".shp"));
        QCOMPARE(file.features.at(0).at("padded").text(), std::string("x"));
        QVERIFY(file.isTold("blanks") && file.isTold("padded") && !file.isTold("inner"));
        const auto package = written({glacierWith(attributes)}, newFile(".gpkg"));
        QCOMPARE(package.features.at(0).at("padded").text(), std::string("  x "));
    }

    void aSystemThatTheFileCannotSayIsToldWithHowFarOffItPlacesTheOutlines() {
        const geo::Crs bessel = geo::Crs::fromUserInput(
            "+proj=utm +zone=32 +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +units=m");
        const auto notes = writeOutlines({glacierWith({})}, bessel, newFile(".shp").toStdString()).notes;
        QCOMPARE(notes.size(), std::size_t(1));
        QVERIFY2(notes[0].find(" m beside where they are") != std::string::npos, notes[0].c_str());
        QVERIFY(writeOutlines({glacierWith({})}, bessel, newFile(".gpkg").toStdString()).notes.empty());
        QVERIFY(writeOutlines({glacierWith({})}, utm32(), newFile(".shp").toStdString()).notes.empty());
    }

    void aNameThatSqliteKeepsForItselfIsAFileLikeAnother() {
        for (const char* name :
             {"sqlite_glaciers.gpkg", "gpkg_contents.gpkg", "rtree_x.gpkg", "a'b \"c.gpkg"}) {
            const auto file = written({glacierWith({{"a", 1}})}, m_folder.filePath(QString::fromUtf8(name)));
            QVERIFY2(file.features.size() == 1 && file.features[0].at("a") == AttributeValue(1), name);
        }
    }

    void moreColumnsThanAShapefileHasAreRefusedWithTheWayOut() {
        Attributes attributes;
        for (int i = 0; i < 300; ++i) {
            attributes["field" + std::to_string(i)] = i;
        }
        const auto message = errorOf([&] { written({glacierWith(attributes)}, newFile(".shp")); });
        QVERIFY2(message.find("322 columns") != std::string::npos, message.c_str());
        QVERIFY2(message.find(".gpkg") != std::string::npos, message.c_str());
        QCOMPARE(written({glacierWith(attributes)}, newFile(".gpkg")).names.size(), std::size_t(322));
        for (int i = 300; i < 1976; ++i) {
            attributes["field" + std::to_string(i)] = i;
        }
        QCOMPARE(written({glacierWith(attributes)}, newFile(".gpkg")).names.size(), std::size_t(1998));
        attributes["one too many"] = 1;
        const auto tooMany = errorOf([&] { written({glacierWith(attributes)}, newFile(".gpkg")); });
        QVERIFY2(tooMany.find(".geojson") != std::string::npos, tooMany.c_str());
    }

    void anOutlineAcrossTheAntimeridianIsCutThereInGeoJson() {
        const geo::Crs utm1 = geo::Crs::fromUserInput("EPSG:32601");
        const geo::CoordinateTransform fromDegrees(geo::Crs::fromUserInput("EPSG:4326"), utm1);
        const geo::Point middle = fromDegrees(geo::Point{180, 67.5});
        outlines::Outline glacier;
        glacier.uuid = outlines::makeUuid();
        glacier.geometry = {rectangle(middle.x - 700, middle.y - 500, middle.x + 600, middle.y + 500)};
        const auto file = newFile(".geojson").toStdString();
        writeOutlines({glacier}, utm1, file);
        const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
            static_cast<GDALDataset*>(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
        const OGRFeatureUniquePtr feature(dataset->GetLayer(0)->GetNextFeature());
        const auto* shape = feature->GetGeometryRef()->toMultiPolygon();
        QCOMPARE(shape->getNumGeometries(), 2);
        QVERIFY(shape->IsValid());
        for (const auto* part : *shape) {
            OGREnvelope envelope;
            part->getEnvelope(&envelope);
            QVERIFY(envelope.MinX >= -180 && envelope.MaxX <= 180);
            QVERIFY(envelope.MaxX - envelope.MinX < 0.02);
            QVERIFY(!part->getExteriorRing()->isClockwise());
        }
        QVERIFY(std::abs(feature->GetFieldAsDouble("area_km2") - 1.3) < 0.005);
        QVERIFY(std::abs(std::abs(feature->GetFieldAsDouble("cenlon")) - 180) < 0.02);
        QVERIFY(std::abs(feature->GetFieldAsDouble("cenlat") - 67.5) < 0.01);
        const auto again = readOutlines(file, utm1).outlines;
        QCOMPARE(again.size(), std::size_t(1));
        QCOMPARE(again[0].geometry.size(), std::size_t(1)); // one glacier without a cut through it
        QVERIFY(std::abs(geo::planarArea(again[0].geometry) - 1.3e6) < 10);
    }

    void aGlacierOfRgiSevenComesOutAsItWentIn_data() { forEachFormat(); }
    void aGlacierOfRgiSevenComesOutAsItWentIn() {
        NUNATAK_NEEDS_SHARED("data/rgi7_hintereisferner/rgi7g_hef.shp");
        QFETCH(QString, extension);
        const auto source = sharedFile("data/rgi7_hintereisferner/rgi7g_hef.shp");
        const auto file = written(readOutlines(source, utm32()).outlines, newFile(extension));
        QVERIFY2(file.notes.empty(), file.notes.empty() ? "" : file.notes[0].c_str());
        const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
            static_cast<GDALDataset*>(GDALOpenEx(source.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
        const OGRFeatureUniquePtr feature(dataset->GetLayer(0)->GetNextFeature());
        QCOMPARE(feature->GetFieldCount(), 28);
        for (int i = 0; i < feature->GetFieldCount(); ++i) {
            const std::string name = feature->GetFieldDefnRef(i)->GetNameRef();
            const auto value = plainValue(*feature, i);
            QVERIFY2(file.features.at(0).contains(name), name.c_str());
            const auto& back = file.features.at(0).at(name);
            if (name == "src_date") { // a day, whatever the time that is said with it
                QVERIFY(back.text().find("2003") == 0);
            } else if (value.real() != nullptr) {
                QVERIFY2(back.real() != nullptr && std::abs(*back.real() - *value.real()) < 1e-12,
                         name.c_str());
            } else {
                QVERIFY2(back == value, name.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(OutlineColumnsTest)
#include "outline_columns_test.moc"
