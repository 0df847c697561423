// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"
#include "ui/compare/comparison_panel.h"
#include "ui/compare/comparison_table.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"
#include "ui/learn/learning_panel.h"
#include "ui/learn/run_view.h"
#include "ui/review/review_panel.h"
#include "ui/session/history_panel.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QTreeWidget>
#include <QtTest>

#include <limits>

using namespace nunatak;
using namespace nunatak::ui;
using nunatak::ui::compare::ComparisonPanel;
using nunatak::ui::compare::ComparisonTable;
using nunatak::ui::layers::InspectorPanel;
using nunatak::ui::layers::LayerPanel;
using nunatak::ui::layers::LayerRow;
using nunatak::ui::learn::LearningPanel;
using nunatak::ui::session::HistoryPanel;

namespace {

comparison::GlacierRow row(const std::string& name, double iou, double expert, double model) {
    comparison::GlacierRow result;
    result.uuid = name;
    result.name = name;
    result.iou = iou;
    result.expertArea = expert;
    result.modelArea = model;
    result.meanBoundaryDistance = 12;
    return result;
}

QString cell(const QTableView* view, int rowIndex, int column) {
    return view->model()->index(rowIndex, column).data().toString();
}

const ComparisonTable* tableOf(const QTableView* view) {
    const auto* sorted = qobject_cast<const QSortFilterProxyModel*>(view->model());
    return qobject_cast<const ComparisonTable*>(sorted->sourceModel());
}

int columnOf(const QTableView* view, const char* measure) {
    return tableOf(view)->columnOf(measure);
}

int noteColumn(const QTableView* view) {
    return tableOf(view)->noteColumn();
}

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void positionsAreToldInDegreesMinutesAndSeconds() {
        QCOMPARE(degreesText({86.925278, 27.988056}), "27° 59′ 17″ N, 86° 55′ 31″ E");
        QCOMPARE(degreesText({-70.5, -33.999999}), "34° 00′ 00″ S, 70° 30′ 00″ W");
    }

    void remainingTimeIsToldInTheUnitThatFits_data() {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0 << "about 1 s left";
        QTest::newRow("seconds") << 45 << "about 45 s left";
        QTest::newRow("minutes") << 200 << "about 3 min left";
        QTest::newRow("hours") << 3 * 3600 << "about 3 h left";
    }
    void remainingTimeIsToldInTheUnitThatFits() {
        QFETCH(int, seconds);
        QTEST(remainingText(std::chrono::seconds(seconds)), "text");
    }

    void scalesAreRoundedToThreeDigits() {
        QLocale::setDefault(QLocale(QLocale::English));
        QCOMPARE(scaleText(52345), "1:52,300");
        QCOMPARE(scaleText(987), "1:987");
        QCOMPARE(scaleText(std::numeric_limits<double>::infinity()), "");
        QLocale::setDefault(QLocale::c());
    }

    void comparedGlaciersAreSortedByNumberNotByText() {
        ComparisonPanel panel;
        comparison::Comparison result;
        result.glaciers = {row("nine", 0.9, 9e6, 9e6), row("hundred", 0.5, 100e6, 90e6),
                           row("twenty", std::numeric_limits<double>::quiet_NaN(), 20e6, 0)};
        panel.setResult(result);
        auto* view = panel.findChild<QTableView*>("comparisonTable");
        QCOMPARE(cell(view, 0, ComparisonTable::Glacier), "hundred"); // largest first
        view->sortByColumn(columnOf(view, "expertArea"), Qt::AscendingOrder);
        QCOMPARE(cell(view, 0, ComparisonTable::Glacier), "nine");
        QCOMPARE(cell(view, 2, ComparisonTable::Glacier), "hundred");
        view->sortByColumn(columnOf(view, "iou"), Qt::DescendingOrder);
        QCOMPARE(cell(view, 0, ComparisonTable::Glacier), "nine");
        QCOMPARE(cell(view, 2, columnOf(view, "iou")), "–");
        QCOMPARE(cell(view, 1, columnOf(view, "deviationPercent")), "-10.0");
    }

    void newIceAndGlaciersCutByTheEdgeAreMarked() {
        ComparisonPanel panel;
        comparison::Comparison result;
        result.glaciers = {row("cut", 0.9, 9e6, 9e6), row("", 0, 0, 2e6)};
        result.glaciers[0].cutBySceneEdge = true;
        result.glaciers[1].isNew = true;
        panel.setResult(result);
        const auto* view = panel.findChild<QTableView*>("comparisonTable");
        QCOMPARE(cell(view, 0, noteColumn(view)), "cut by the edge");
        QCOMPARE(cell(view, 1, ComparisonTable::Glacier), "New ice");
        QCOMPARE(cell(view, 1, noteColumn(view)), "new");
        QCOMPARE(cell(view, 1, columnOf(view, "deviationPercent")), "–");
    }

    void glaciersThatAreNotListedAreNamed() {
        ComparisonPanel panel;
        comparison::Comparison result;
        result.glaciers = {row("large", 0.9, 9e6, 9e6)};
        result.glaciers[0].overlappedArea = 2e6;
        using Reason = comparison::UnlistedGlacier::Reason;
        result.unlisted = {{"1", "Twin", Reason::Covered, "large", {}},
                           {"2", "Tiny", Reason::BelowPixel, "", {}},
                           {"3", "Dark", Reason::WithoutResult, "", {}},
                           {"4", "Fourth", Reason::WithoutResult, "", {}},
                           {"5", "Away", Reason::OutsideScene, "", {}}};
        result.notes = {"A note <b>."};
        panel.setResult(result);
        const auto* summary = panel.findChild<QLabel*>("comparisonSummary");
        for (const char* words : {"Twin lies under", "(large)", "Tiny is so small", "Dark lies where",
                                  "and 1 more", "outside the scene: 1", "A note &lt;b&gt;."}) {
            QVERIFY2(summary->text().contains(words), qPrintable(summary->text()));
        }
        QVERIFY(summary->toolTip().contains("Fourth") && !summary->text().contains("Away"));
        const auto* view = panel.findChild<QTableView*>("comparisonTable");
        QCOMPARE(cell(view, 0, noteColumn(view)), "2.000 km² under smaller outlines");
    }

    void compareCanOnlyBePressedWithBothLayers() {
        ComparisonPanel panel;
        const auto* button = panel.findChild<QPushButton*>("compareButton");
        QVERIFY(!button->isEnabled());
        panel.setLayers({"predicted"}, {});
        QVERIFY(!button->isEnabled());
        panel.setLayers({"predicted", "predicted_2"}, {"expert"});
        QVERIFY(button->isEnabled());
        auto* model = panel.findChild<QComboBox*>("comparisonModel");
        model->setFocus();
        QTest::keyClick(model, Qt::Key_Down); // as a user chooses the next
        panel.setLayers({"predicted", "predicted_2", "predicted_3"}, {"expert"});
        QCOMPARE(panel.modelLayer(), "predicted_2");
        panel.setBusy(true);
        QVERIFY(!button->isEnabled());
    }

    void aLayersBoxTellsItsVisibility() {
        LayerPanel panel;
        LayerRow layer;
        layer.name = "expert";
        layer.glaciers = 7;
        layer.look.color = Qt::blue;
        panel.setLayers({layer});
        QSignalSpy changed(&panel, &LayerPanel::visibilityChanged);
        panel.findChild<QTreeWidget*>("layers")->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.first().at(0).toString(), "expert");
        QCOMPARE(changed.first().at(1).toBool(), false);
        QVERIFY(!panel.layers().front().visible);
        QCOMPARE(panel.layers().front().look.color, QColor(Qt::blue));
    }

    void inANarrowPanelLayersHaveTheRoomForTheirNames() {
        LayerPanel panel;
        LayerRow inventory;
        inventory.name = "inventory";
        inventory.title = "Inventory Hintereis 2020";
        inventory.kind = outlines::LayerKind::Inventory;
        inventory.epoch = "2020";
        inventory.glaciers = 424;
        inventory.isEdited = true;
        LayerRow predicted;
        predicted.name = predicted.title = "predicted by starter 2020";
        predicted.kind = outlines::LayerKind::Predicted;
        predicted.glaciers = 425;
        panel.setLayers({inventory, predicted});
        panel.resize(270, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const auto* tree = panel.findChild<QTreeWidget*>("layers");
        for (int row = 0; row < 2; ++row) {
            const auto* item = tree->topLevelItem(row);
            const int needed = QFontMetrics(item->font(0)).horizontalAdvance(item->text(0)) + 44;
            QVERIFY2(needed <= tree->columnWidth(0), qPrintable(item->text(0)));
            QVERIFY(item->text(1).isEmpty()); // a pencil or a lock says it
        }
        QVERIFY(tree->topLevelItem(0)->toolTip(0).contains("edited and handed in"));
        QVERIFY(tree->topLevelItem(1)->toolTip(1).contains("a reference"));
    }

    void theInspectorShowsWhatThereIsAndNothingElse() {
        InspectorPanel panel;
        outlines::Outline outline;
        outline.uuid = "0b9c4e6a-58d5-4b0e-9d42-111111111111";
        outline.srcDate = "2000-10-30";
        outline.model = "starter v1";
        outline.threshold = 0.5;
        outline.attributes = {{"rgi_id", "RGI60-15.03410"}};
        panel.showOutline(outline, "predicted", 1234567, "everest", outlines::Review::Doubtful);
        QCOMPARE(panel.value("Review"), QString("doubtful"));
        QCOMPARE(panel.findChild<QLabel*>("glacierName")->text(), "RGI60-15.03410"); // for want of a name
        QCOMPARE(panel.value("Area"), "1.23 km²");
        QCOMPARE(panel.value("UUID"), "0b9c4e6a-58d5-4b0e-9d42-111111111111");
        QCOMPARE(panel.value("Threshold"), "0.5");
        QCOMPARE(panel.value("Sensor"), "unknown");
        QCOMPARE(panel.value("rgi_id"), "RGI60-15.03410");
        outline.model.clear();
        panel.showOutline(outline, "expert", 1234567, {}, outlines::Review::NotReviewed);
        QCOMPARE(panel.value("Threshold"), "");
        QCOMPARE(panel.value("Scene"), "");
        panel.clear();
        QCOMPARE(panel.value("UUID"), "");
    }

    void theHistoryIsNewestFirstWithStepsTakenBackInGrey() {
        HistoryPanel panel;
        panel.setHistory({{1, "2024-01-01T00:00:00Z", "Import", 0},
                          {2, "2024-01-01T00:01:00Z", "Move vertex", 0},
                          {3, "2024-01-01T00:02:00Z", "Undo: Move vertex", 2}});
        const auto* list = panel.findChild<QListWidget*>("history");
        QCOMPARE(list->count(), 3);
        QCOMPARE(list->item(0)->text(), "Undo: Move vertex");
        const auto grey = panel.palette().color(QPalette::PlaceholderText);
        QCOMPARE(list->item(1)->foreground().color(), grey);
        QVERIFY(list->item(2)->foreground().color() != grey);
    }

    void goingBackIsOfferedWhereItTakesSomethingBack() {
        HistoryPanel panel;
        panel.setHistory({{1, "t", "Import", 0}, {2, "t", "Move vertex", 0}, {3, "t", "Delete", 0}});
        panel.setWritable(true);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* list = panel.findChild<QListWidget*>("history");
        const auto* back = panel.findChild<QPushButton*>("historyBack");
        list->setFocus();
        QVERIFY(!back->isEnabled()); // nothing is chosen
        const auto click = [list](int row) {
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                              list->visualItemRect(list->item(row)).center());
        };
        click(1);
        QVERIFY(back->isEnabled());
        list->clearSelection();
        QVERIFY(!back->isEnabled()); // although the list has a current row still
        click(0);
        QVERIFY(!back->isEnabled()); // the last step
        click(1);
        panel.add({4, "t", "Undo: Delete", 3});
        QVERIFY(!back->isEnabled()); // it is the last that is in effect
        click(3);
        QVERIFY(back->isEnabled());
        panel.findChild<QLineEdit*>("historySearch")->setText("Move");
        QVERIFY(!back->isEnabled()); // it is not shown
    }

    void ofSeveralTheInspectorSaysWhatTheyAreTogether() {
        InspectorPanel panel;
        outlines::Outline one;
        one.uuid = "0b9c4e6a-58d5-4b0e-9d42-111111111111";
        one.name = "Khumbu Glacier";
        one.srcDate = "2000-10-30";
        one.analyst = "A. Nalyst";
        one.review = outlines::Review::Accepted;
        one.attributes = {{"o2region", "15-03"}, {"rgi_id", "RGI60-15.03410"}, {"area_km2", 3.4215678}};
        one.geometry = {{{{0, 0}, {9, 0}, {9, 9}}, {}}};
        auto other = one;
        other.uuid = "1b9c4e6a-58d5-4b0e-9d42-222222222222";
        other.srcDate = "2013-01-02";
        other.review = outlines::Review::NotReviewed;
        other.isChanged = true;
        other.attributes["rgi_id"] = "RGI60-15.03411";
        other.attributes["area_km2"] = 1.5;
        const auto a = outlines::share(outlines::Outline(one));
        const auto b = outlines::share(std::move(other));
        panel.showSeveral({a, b}, "Inventory 2000", 4.9e6, {});
        QCOMPARE(panel.findChild<QLabel*>("glacierName")->text(), "2 glaciers");
        QCOMPARE(panel.value("State"), "1 accepted, 1 changed");
        QCOMPARE(panel.value("Area"), "4.90 km²");
        QCOMPARE(panel.value("Source date"), "2000-10-30 to 2013-01-02");
        QCOMPARE(panel.value("Vertices"), "6");
        QCOMPARE(panel.value("Analyst"), "A. Nalyst");
        QCOMPARE(panel.value("o2region"), "15-03");
        for (const char* own : {"UUID", "rgi_id", "area_km2", "Review"}) {
            QCOMPARE(panel.value(own), "");
        }
        panel.showArea(text(one.uuid), 1); // of one that was shown before
        QCOMPARE(panel.value("Area"), "4.90 km²");
        // Of one: a number of its file with its unit, rounded.
        panel.showOutline(*a, "Inventory 2000", 3.4e6, {}, outlines::Review::Accepted);
        QCOMPARE(panel.value("area_km2"), "3.42 km²");
        QCOMPARE(panel.value("UUID"), text(one.uuid));
    }

    void rowsAnswerToOneClickAndToEnter() {
        HistoryPanel history;
        history.setHistory({{1, "t", "Import", 0}, {2, "t", "Move vertex", 0}});
        history.show();
        QVERIFY(QTest::qWaitForWindowExposed(&history));
        QSignalSpy stepped(&history, &HistoryPanel::stepActivated);
        auto* list = history.findChild<QListWidget*>("history");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        QCOMPARE(stepped.size(), 1);
        QCOMPARE(stepped.takeFirst().at(0).toLongLong(), 1);
        QTest::keyClick(list, Qt::Key_Up);
        QVERIFY(stepped.isEmpty());
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(stepped.size(), 1);
        QCOMPARE(stepped.takeFirst().at(0).toLongLong(), 2);

        ComparisonPanel compared;
        comparison::Comparison result;
        result.glaciers = {row("large", 0.9, 90e6, 9e6), row("small", 0.5, 1e6, 9e6)};
        compared.setResult(result);
        compared.show();
        QVERIFY(QTest::qWaitForWindowExposed(&compared));
        QSignalSpy flown(&compared, &ComparisonPanel::glacierActivated);
        auto* table = compared.findChild<QTableView*>("comparisonTable");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(1, 0)).center());
        QCOMPARE(flown.size(), 1);
        QCOMPARE(flown.takeFirst().at(0).value<comparison::GlacierRow>().name, std::string("small"));
        QTest::keyClick(table, Qt::Key_Up);
        QVERIFY(flown.isEmpty());
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(flown.size(), 1);
        QCOMPARE(flown.takeFirst().at(0).value<comparison::GlacierRow>().name, std::string("large"));
    }

    void theQueueFollowsTheSelectedGlacierWhereItsRankChanges() {
        std::vector<outlines::OutlineHandle> glaciers;
        const auto glacier = [](int number, double side) {
            outlines::Outline outline;
            outline.uuid = std::to_string(number);
            outline.geometry = {{{{0, 0}, {side, 0}, {side, side}, {0, side}}, {}}};
            return outlines::share(std::move(outline));
        };
        for (int i = 0; i < 200; ++i) {
            glaciers.push_back(glacier(i, 1000.0 - i));
        }
        ui::review::ReviewPanel panel;
        panel.resize(300, 900);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const auto* list = panel.findChild<QListView*>("queue");
        const auto isInSight = [&] {
            const auto row = list->currentIndex();
            return row.isValid() && list->viewport()->rect().contains(list->visualRect(row).center());
        };
        panel.setCurrent("150");
        panel.showQueue(nunatak::review::ReviewQueue(glaciers).entries(), {});
        QCOMPARE(list->currentIndex().row(), 150);
        QVERIFY(isInSight());
        for (const double side : {2000.0, 1.0}) { // first, then last
            glaciers[150] = glacier(150, side);
            panel.showQueue(nunatak::review::ReviewQueue(glaciers).entries(), {});
            QCOMPARE(list->currentIndex().row(), side > 1000 ? 0 : 199);
            QVERIFY(isInSight());
        }
    }

    void aRedoneStepIsNotGrey() {
        HistoryPanel panel;
        panel.setHistory({{1, "t", "Import", 0}, {2, "t", "Undo: Import", 1}, {3, "t", "Redo: Import", 2}});
        const auto* list = panel.findChild<QListWidget*>("history");
        QVERIFY(list->item(2)->foreground().color() != panel.palette().color(QPalette::PlaceholderText));
    }

    void fineTuningNeedsOutlinesAndAName() {
        LearningPanel panel;
        const auto* start = panel.findChild<QPushButton*>("learningStart");
        panel.setModel("starter");
        QVERIFY(!start->isEnabled());
        panel.setLayers({"corrected"});
        panel.setProposal("Everest, after 37 glaciers");
        QVERIFY(start->isEnabled());
        QCOMPARE(panel.request().title, "Everest, after 37 glaciers");
        auto* name = panel.findChild<QLineEdit*>("learningName");
        name->selectAll();
        QTest::keyClicks(name, "Mine");
        panel.setProposal("Everest, after 38 glaciers"); // what was typed stays
        QCOMPARE(panel.request().title, "Mine");
        panel.run().begin("Fine-tune", 10);
        QVERIFY(!start->isEnabled());
        QVERIFY(panel.findChild<QPushButton*>("learningCancel")->isEnabled());
        panel.run().end("Done.");
        QVERIFY(start->isEnabled());
    }

    void anInterruptedTrainingWaitsBeforeAnotherBegins() {
        LearningPanel panel;
        panel.setModel("starter");
        panel.setLayers({"corrected"});
        panel.setProposal("Everest");
        const auto* start = panel.findChild<QPushButton*>("learningStart");
        QVERIFY(start->isEnabled());
        panel.setInterrupted(LearningPanel::Interrupted{"Alps", 12, 50, {}});
        QVERIFY(!start->isEnabled());
        QCOMPARE(panel.findChild<QLabel*>("learningInterrupted")->text(),
                 "Alps was interrupted at step 12 of 50.");
        panel.setInterrupted(std::nullopt);
        QVERIFY(start->isEnabled());
    }
};

QTEST_MAIN(PanelsTest)
#include "panels_test.moc"
