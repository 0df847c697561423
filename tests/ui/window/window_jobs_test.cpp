// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "ui/compare/comparison_panel.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return -1;
}

bool isShown(ui::window::MainWindow& window, const QString& layer) {
    const auto rows = window.findChild<ui::layers::LayerPanel*>()->layers();
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.name == layer && row.visible; });
}

/// As long as it lives, each batch of the fake network takes this long.
class Slowly {
public:
    explicit Slowly(int milliseconds) { qputenv("NUNATAK_FAKE_DELAY_MS", QByteArray::number(milliseconds)); }
    ~Slowly() { qunsetenv("NUNATAK_FAKE_DELAY_MS"); }
};

bool predicts(ui::window::MainWindow& window) {
    QTest::keyClick(&window, Qt::Key_F5);
    return QTest::qWaitFor([&] { return window.isIdle() && glaciersIn(window, "predicted") >= 0; }, 30000);
}

bool jobRuns(ui::window::MainWindow& window) {
    return QTest::qWaitFor([&] { return part<QToolButton>(&window, "cancelJob")->isVisible(); }, 10000);
}

} // namespace

class WindowJobsTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    std::unique_ptr<ui::window::MainWindow> window(const char* project) {
        return m_fixture.openWindow(m_fixture.makeProject(project));
    }

private Q_SLOTS:
    void predictDrawsTheGlaciersOfTheSceneAndKeepsThem() {
        const auto file = m_fixture.makeProject("predict.gpkg");
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        QCOMPARE(part<QComboBox>(shown.get(), "model")->currentText(), "bright");
        QVERIFY(predicts(*shown));
        QCOMPARE(glaciersIn(*shown, "predicted"), 2);
        clickAt(*shown, m_fixture.small());
        const auto called = part<QLabel>(shown.get(), "glacierName")->text();
        QVERIFY2(called.startsWith("Glacier ") && called.size() == 16, qPrintable(called)); // and its UUID
        QVERIFY(shown->actions().undo->isEnabled());
        QVERIFY(closed(*shown));
        const auto kept = stored(file, "predicted");
        QCOMPARE(kept.size(), std::size_t(2));
        for (const auto& outline : kept) {
            QVERIFY(outline->model.find("bright") != std::string::npos);
            QCOMPARE(outline->srcDate, std::string("2020-08-20"));
        }
    }

    void aPredictionIsTakenBackInOneStep() {
        const auto shown = window("predict_undo.gpkg");
        QVERIFY(shown);
        QVERIFY(predicts(*shown));
        QTest::keyClick(shown.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(answer("Take it back"));
        QTRY_COMPARE(glaciersIn(*shown, "predicted"), -1);
        QTest::keyClick(shown.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(glaciersIn(*shown, "predicted"), 2);
    }

    void aCancelledPredictionStoresNothingAndCanBeStartedAgain() {
        const auto file = m_fixture.makeProject("cancel.gpkg");
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        {
            const Slowly slowly(200);
            QTest::keyClick(shown.get(), Qt::Key_F5);
            QVERIFY(jobRuns(*shown));
            QVERIFY(!shown->action("predict")->isEnabled());
            QTest::mouseClick(part<QToolButton>(shown.get(), "cancelJob"), Qt::LeftButton);
            QTRY_VERIFY(shown->isIdle());
        }
        QCOMPARE(glaciersIn(*shown, "predicted"), -1);
        QVERIFY(!openDialog());
        QVERIFY(shown->action("predict")->isEnabled());
        QVERIFY(predicts(*shown));
    }

    void theActionThatStopsTheRunningJobStopsIt() {
        const auto shown = window("stop.gpkg");
        QVERIFY(shown);
        QVERIFY(!shown->actions().cancel->isEnabled());
        const Slowly slowly(200);
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QVERIFY(jobRuns(*shown));
        shown->actions().cancel->trigger();
        QTRY_VERIFY(shown->isIdle());
        QCOMPARE(glaciersIn(*shown, "predicted"), -1);
    }

    void aNewPredictionIsShownEvenWhenItsLayerWasHidden() {
        const auto shown = window("hidden_prediction.gpkg");
        QVERIFY(shown);
        QVERIFY(predicts(*shown));
        auto* tree = part<QTreeWidget>(shown.get(), "layers");
        const auto found = tree->findItems("predicted", Qt::MatchExactly);
        QCOMPARE(found.size(), qsizetype(1));
        found.front()->setCheckState(0, Qt::Unchecked);
        QVERIFY(!isShown(*shown, "predicted"));
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(*shown, "predicted"), 30000);
        QTRY_VERIFY_WITH_TIMEOUT(shown->isIdle(), 30000);
    }

    void theWindowAnswersWhileAPredictionRuns() {
        const auto shown = window("responsive.gpkg");
        QVERIFY(shown);
        const Slowly slowly(100);
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QVERIFY(jobRuns(*shown));
        clickAt(*shown, m_fixture.big());
        QCOMPARE(part<QLabel>(shown.get(), "glacierName")->text(), "Big Glacier");
        const geo::Point vertex{m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel,
                                m_fixture.big().y};
        dragVertex(*shown, vertex, 200);
        QCOMPARE(glaciersIn(*shown, "inventory"), 2);
        QVERIFY(!shown->isIdle());
        QTRY_VERIFY_WITH_TIMEOUT(shown->isIdle(), 60000);
        QCOMPARE(glaciersIn(*shown, "predicted"), 2);
        QCOMPARE(glaciersIn(*shown, "inventory"), 2);
    }

    void bandsThatTheModelNeedsAndTheSceneHasNotAreNamed() {
        m_fixture.writeModel("warm", {{"optical", {"red", "swir1"}}, {"thermal", {"thermal"}}});
        const auto shown = window("missing.gpkg");
        QVERIFY(shown);
        auto* models = part<QComboBox>(shown.get(), "model");
        const int index = models->findText("warm");
        QVERIFY(index >= 0);
        models->setFocus();
        QTest::keyClick(models, Qt::Key_W); // as a user picks it
        QTest::keyClick(models, Qt::Key_Return);
        if (models->currentText() != "warm") {
            models->setCurrentIndex(index);
        }
        Q_EMIT models->activated(index);
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QTRY_VERIFY(openDialog("problem"));
        const auto sentence = qobject_cast<QMessageBox*>(openDialog("problem"))->text();
        QVERIFY2(sentence.contains("swir1") && sentence.contains("thermal"), qPrintable(sentence));
        QVERIFY2(!sentence.contains("red"), qPrintable(sentence));
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
        std::filesystem::remove_all(m_fixture.path("models/warm"));
    }

    void comparingFillsTheTableAndARowFliesToItsGlacier() {
        const auto shown = window("compare.gpkg");
        QVERIFY(shown);
        QVERIFY(predicts(*shown));
        QTest::keyClick(shown.get(), Qt::Key_F6);
        auto* table = part<QTableView>(shown.get(), "comparisonTable");
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->isVisible());
        const auto summary = part<QLabel>(shown.get(), "comparisonSummary")->text();
        QVERIFY2(summary.contains(QRegularExpression("IoU (0\\.9|1\\.0)")), qPrintable(summary));
        QCOMPARE(table->model()->index(0, 0).data().toString(), "Big Glacier");
        table->sortByColumn(5, Qt::AscendingOrder); // the expert's area
        QCOMPARE(table->model()->index(0, 0).data().toString(), "Small Glacier");
        QVERIFY(table->model()->index(0, 1).data().toDouble() > 0.85);

        const double scale = shown->viewport()->metresPerPixel();
        const auto cell = table->visualRect(table->model()->index(0, 0)).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell);
        QTRY_VERIFY(shown->viewport()->metresPerPixel() < 0.6 * scale);
        QCOMPARE(part<QLabel>(shown.get(), "glacierName")->text(), "Small Glacier");
    }

    void comparingWithoutAPredictionSaysWhatIsMissing() {
        auto project = project::Project::create(m_fixture.path("bare.gpkg"), m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path("scene.json")));
        project.reset();
        const auto shown = m_fixture.openWindow(m_fixture.path("bare.gpkg"));
        QVERIFY(shown);
        QTest::keyClick(shown.get(), Qt::Key_F6);
        QTRY_VERIFY(openDialog("problem"));
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
    }

    void fineTuningEndsInAModelThatPredictUses() {
        const auto shown = window("learn.gpkg");
        QVERIFY(shown);
        QVERIFY(predicts(*shown));
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* start = part<QPushButton>(shown.get(), "learningStart");
        QTRY_VERIFY(start->isVisible());
        auto* layer = part<QComboBox>(shown.get(), "learningLayer");
        layer->setCurrentIndex(layer->findText("expert"));
        part<QSpinBox>(shown.get(), "learningSteps")->setValue(8);
        auto* name = part<QLineEdit>(shown.get(), "learningName");
        name->selectAll();
        QTest::keyClicks(name, "valley-model");
        QTest::mouseClick(start, Qt::LeftButton);
        auto* result = part<QLabel>(shown.get(), "learningResult");
        QTRY_VERIFY2_WITH_TIMEOUT(result->text().startsWith("valley-model is made."),
                                  qPrintable(result->text()), 60000);
        auto* use = part<QPushButton>(shown.get(), "learningUse");
        QTRY_VERIFY(use->isVisible() && shown->isIdle());
        QTest::mouseClick(use, Qt::LeftButton);
        QTRY_COMPARE(part<QComboBox>(shown.get(), "model")->currentText(), "valley-model");
        QTRY_VERIFY(shown->isIdle());
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(shown->isIdle() && glaciersIn(*shown, "predicted_2") >= 0, 30000);
        std::filesystem::remove_all(m_fixture.path("models/valley-model"));
    }

    void aCancelledFineTuningMakesNoModel() {
        const auto shown = window("learn_cancel.gpkg");
        QVERIFY(shown);
        const Slowly slowly(100);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        part<QSpinBox>(shown.get(), "learningSteps")->setValue(5000);
        QTRY_VERIFY(part<QPushButton>(shown.get(), "learningStart")->isVisible());
        QTest::mouseClick(part<QPushButton>(shown.get(), "learningStart"), Qt::LeftButton);
        auto* cancel = part<QPushButton>(shown.get(), "learningCancel");
        QTRY_VERIFY(cancel->isEnabled());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(shown->isIdle(), 20000);
        QCOMPARE(part<QComboBox>(shown.get(), "model")->findText("Learn cancel, after 2 glaciers"), -1);
    }

    void closingWhileAJobRunsAsksFirst() {
        const auto shown = window("busy.gpkg");
        QVERIFY(shown);
        const Slowly slowly(200);
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QVERIFY(jobRuns(*shown));
        shown->close();
        QTRY_VERIFY(openDialog("question"));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
        QVERIFY(shown->isVisible());
        shown->close();
        QTRY_VERIFY(openDialog("question"));
        for (auto* button : openDialog("question")->findChildren<QPushButton*>()) {
            if (button->text().remove('&') == "Stop it and close") {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(!shown->isVisible(), 20000);
        QVERIFY(stored(m_fixture.path("busy.gpkg"), "predicted").empty());
    }

    void theQuestionBeforeClosingGoesWhenThereIsNothingLeftToStop() {
        auto shown = window("done.gpkg");
        QVERIFY(shown);
        {
            const Slowly slowly(200);
            QTest::keyClick(shown.get(), Qt::Key_F5);
            QVERIFY(jobRuns(*shown));
            shown->close();
            QTRY_VERIFY(openDialog("question"));
        }
        // Nobody answers; the prediction ends by itself, and the window closes as was wanted.
        QTRY_VERIFY_WITH_TIMEOUT(!shown->isVisible(), 30000);
        QVERIFY(!openDialog("question"));
        QCOMPARE(stored(m_fixture.path("done.gpkg"), "predicted").size(), std::size_t{2});
    }

    void aWindowThatIsDestroyedWhileAJobRunsStopsIt() {
        auto shown = window("destroyed.gpkg");
        QVERIFY(shown);
        const Slowly slowly(200);
        QTest::keyClick(shown.get(), Qt::Key_F5);
        QVERIFY(jobRuns(*shown));
        shown.reset();
        QVERIFY(project::Project::open(m_fixture.path("destroyed.gpkg")) != nullptr);
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowJobsTest)
#include "window_jobs_test.moc"
