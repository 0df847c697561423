// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/benchmark_table.h"

#include <QtTest>

#include <cmath>

#include <nlohmann/json.hpp>

using namespace nunatak::comparison;

namespace {

PixelAgreement counts(std::int64_t tp, std::int64_t tn, std::int64_t fp, std::int64_t fn) {
    return {tp, tn, fp, fn};
}

bool near(double a, double b) {
    return std::abs(a - b) < 1e-12;
}

} // namespace

class BenchmarkTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachPixelIsCountedWhereItBelongs() {
        PixelAgreement pixels;
        pixels.add(true, true);
        pixels.add(true, false);
        pixels.add(true, false);
        pixels.add(false, true);
        pixels.add(false, true);
        pixels.add(false, true);
        pixels.add(false, false);
        QCOMPARE(pixels, counts(1, 1, 2, 3));
    }

    void measuresAreThoseOfThePaper() {
        const auto pixels = counts(60, 20, 15, 5);
        QVERIFY(near(pixels.accuracy(), 0.8));
        QVERIFY(near(pixels.precision(), 0.8));
        QVERIFY(near(pixels.recall(), 60.0 / 65));
        QVERIFY(near(pixels.f1(), 2 * 0.8 * (60.0 / 65) / (0.8 + 60.0 / 65)));
        QVERIFY(near(pixels.iou(), 0.75));
    }

    void aRegionPoolsItsTiles() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(90, 0, 10, 0));
        table.add("regions", "ALP", counts(1, 0, 0, 9));
        const auto& alps = table.kinds().front().second.at("ALP");
        QCOMPARE(alps, counts(91, 0, 10, 9));
        QVERIFY(near(alps.iou(), 91.0 / 110)); // the mean of both tiles' would be 0.5
    }

    void theAverageIsThePlainMeanOverRegionsWhateverTheirSize() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(900, 0, 100, 0)); // IoU 0.9
        table.add("subregions", "ALP1", counts(900, 0, 100, 0));
        table.add("regions", "NZ", counts(1, 0, 1, 0)); // IoU 0.5
        table.add("subregions", "NZ1", counts(1, 0, 1, 0));
        table.add("regions", "SC", counts(7, 0, 3, 0)); // IoU 0.7
        table.add("subregions", "SC1", counts(2, 0, 3, 0));
        table.add("subregions", "SC2", counts(5, 0, 0, 0));
        QVERIFY(near(table.average().iou, 0.7));
        QVERIFY(near(table.deviation().iou, std::sqrt(0.08 / 3)));
    }

    void aRegionWithoutIceHasNoValueAndIsLeftOutOfTheMean() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(1, 0, 1, 0));
        table.add("regions", "LL", counts(0, 100, 0, 0));
        QVERIFY(std::isnan(table.kinds().front().second.at("LL").iou()));
        QVERIFY(near(table.average().iou, 0.5));
        QVERIFY(near(table.average().accuracy, 0.75));
        const auto json = nlohmann::json::parse(table.toJson());
        QVERIFY(json["regions"]["LL"]["iou"].is_null());
    }

    void oneRegionHasNothingToDeviateFrom() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(60, 20, 15, 5));
        QVERIFY(near(table.average().iou, 0.75));
        QVERIFY(std::isnan(table.deviation().iou));
        QVERIFY(nlohmann::json::parse(table.toJson())["std"]["iou"].is_null());
        const auto text = table.toText();
        QVERIFY(text.find("0.0000") == std::string::npos && text.find("nan") == std::string::npos);
        QVERIFY(text.find("–", text.find("std. dev.")) != std::string::npos);
    }

    void theJsonHasThePublishedNames() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(60, 20, 15, 5));
        table.add("regions", "AND", counts(60, 20, 15, 5));
        table.add("subregions", "ALP1", counts(60, 20, 15, 5));
        const auto json = nlohmann::json::parse(table.toJson());
        for (const char* name : {"tp", "tn", "fp", "fn", "accuracy", "precision", "recall", "f1", "iou"}) {
            QVERIFY2(json["subregions"]["ALP1"].contains(name), name);
        }
        QCOMPARE(json["regions"]["ALP"]["fp"].get<int>(), 15);
        QVERIFY(near(json["average"]["iou"].get<double>(), 0.75));
        QVERIFY(near(json["std"]["iou"].get<double>(), 0));
    }

    void theTextListsRegionsTheirMeanAndSubregions() {
        BenchmarkTable table;
        table.add("regions", "ALP", counts(60, 20, 15, 5));
        table.add("subregions", "ALP1", counts(60, 20, 15, 5));
        const auto text = table.toText();
        const auto place = [&](const char* word) { return text.find(word); };
        QVERIFY(place("ALP ") < place("average") && place("average") < place("std. dev.") &&
                place("std. dev.") < place("ALP1"));
        QVERIFY(text.find("0.7500") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(BenchmarkTableTest)
#include "benchmark_table_test.moc"
