// SPDX-License-Identifier: GPL-3.0-or-later
#include "measures/measure.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::measures;

namespace {

const Measure& named(const char* id) {
    return *std::ranges::find(allMeasures(), std::string_view(id), &Measure::id);
}

} // namespace

class MeasureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachMeasureHasANameOfItsOwnAndAMeaning() {
        std::set<std::string> ids;
        std::set<std::string> headers;
        for (const auto& measure : allMeasures()) {
            QVERIFY2(ids.insert(measure.id).second, measure.id);
            QVERIFY2(headers.insert(header(measure)).second, measure.title);
            QVERIFY2(std::string_view(measure.meaning).size() > 10, measure.id);
        }
        QVERIFY(measuresOf(Method::Pixels).size() < measuresOf(Method::Outlines).size());
    }

    void headersSayTheUnit() {
        QCOMPARE(header(named("expertArea")), std::string("Expert area, km²"));
        QCOMPARE(shortHeader(named("expertArea")), std::string("expert km²"));
        QCOMPARE(columnName(named("expertArea")), std::string("expertArea (m²)"));
        QCOMPARE(header(named("iou")), std::string("IoU"));
        QCOMPARE(columnName(named("iou")), std::string("iou"));
    }

    void deviationsAreTheModelsLessTheExperts() {
        Figures figures;
        figures.expertArea = 20e6;
        figures.modelArea = 19e6;
        QCOMPARE(named("deviation").compute(figures), -1e6);
        QCOMPARE(named("deviationPercent").compute(figures), -5.0);
        QCOMPARE(shownText(named("deviation"), figures), std::string("-1.000"));
        QCOMPARE(fileText(named("deviation"), figures), std::string("-1000000"));
        figures.modelArea = 21e6;
        QCOMPARE(shownText(named("deviationPercent"), figures), std::string("+5.0"));
        figures.modelArea = 20e6 - 1;
        QCOMPARE(shownText(named("deviationPercent"), figures), std::string("0.0"));
    }

    void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
        Figures figures;
        figures.iou = 600.0 / 900; // 600 in common, 100 the model's alone, 200 the expert's
        figures.precision = 600.0 / 700;
        figures.recall = 600.0 / 800;
        QCOMPARE(named("f1").compute(figures),
                 2 * figures.precision * figures.recall / (figures.precision + figures.recall));
    }

    void whatCannotBeToldIsNoNumber() {
        const Figures nothing;
        QCOMPARE(shownText(named("iou"), nothing), std::string("-"));
        QCOMPARE(fileText(named("iou"), nothing), std::string());
        QVERIFY(std::isnan(named("deviationPercent").compute(nothing)));
    }
};

QTEST_GUILESS_MAIN(MeasureTest)
#include "measure_test.moc"
