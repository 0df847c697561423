// SPDX-License-Identifier: GPL-3.0-or-later
// Learning in the window: in the background, paused and gone on with, and which version a project uses.
#include "window_fixture.h"

#include "base/error.h"
#include "models/learning_record.h"
#include "tasks/project_model.h"
#include "tasks/training_lock.h"
#include "tasks/training_run.h"
#include "ui/charts/loss_chart.h"
#include "ui/learn/example_strip.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QStatusBar>
#include <QTreeWidget>

using namespace nunatak;
using namespace nunatak::tests;
using ui::window::MainWindow;

namespace {

/// As long as it lives, each batch of the fake network takes this long.
class Slowly {
public:
    explicit Slowly(int milliseconds) { qputenv("NUNATAK_FAKE_DELAY_MS", QByteArray::number(milliseconds)); }
    ~Slowly() { qunsetenv("NUNATAK_FAKE_DELAY_MS"); }
};

QString said(MainWindow& window) {
    return part<QLabel>(&window, "learningResult")->text();
}

QString problem() {
    if (!QTest::qWaitFor([] { return openDialog("problem") != nullptr; }, 15000)) {
        return {};
    }
    const auto sentence = qobject_cast<QMessageBox*>(openDialog("problem"))->text();
    QTest::keyClick(openDialog("problem"), Qt::Key_Return);
    return QTest::qWaitFor([] { return openDialog() == nullptr; }, 5000) ? sentence : QString();
}

bool press(MainWindow& window, const char* button) {
    auto* found = part<QPushButton>(&window, button);
    if (!QTest::qWaitFor([&] { return found->isVisible() && found->isEnabled(); }, 10000)) {
        return false;
    }
    QTest::mouseClick(found, Qt::LeftButton);
    return true;
}

bool begins(MainWindow& window, const QString& title, int steps) {
    QTest::keyClick(&window, Qt::Key_F7);
    auto* name = part<QLineEdit>(&window, "learningName");
    if (!QTest::qWaitFor([&] { return name->isVisible(); }, 5000)) {
        return false;
    }
    part<QSpinBox>(&window, "learningSteps")->setValue(steps);
    name->selectAll();
    QTest::keyClicks(name, title);
    return press(window, "learningStart");
}

bool ends(MainWindow& window) {
    return QTest::qWaitFor(
        [&] { return window.isIdle() && part<QLineEdit>(&window, "learningName")->isVisible(); }, 60000);
}

QString modelShown(MainWindow& window) {
    return part<QComboBox>(&window, "model")->currentText();
}

} // namespace

class WindowLearningTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    std::unique_ptr<MainWindow> window(const char* project) const {
        return m_fixture.openWindow(m_fixture.makeProject(project));
    }
    tasks::TrainingFolder folderOf(const char* files) const {
        return tasks::TrainingFolder::of(m_fixture.path(files));
    }

private Q_SLOTS:
    void theNameIsProposedByPlaceAndGlaciers() {
        const auto shown = window("everest.gpkg");
        QVERIFY(shown);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* name = part<QLineEdit>(shown.get(), "learningName");
        QTRY_COMPARE(name->text(), "Everest, after 2 glaciers");
        const auto memory = part<QLabel>(shown.get(), "learningMemory")->text();
        QVERIFY2(memory.startsWith("Needs about") && memory.contains("GB"), qPrintable(memory));
        auto* teaching = part<QLabel>(shown.get(), "learningTeaching");
        QTRY_VERIFY2(teaching->text().startsWith("Learns from 2 reviewed glaciers: something is said of ") &&
                         teaching->text().endsWith("km²."),
                     qPrintable(teaching->text()));
        const auto* advice = part<QLabel>(shown.get(), "learningAdvice");
        QVERIFY(advice->isVisible() && advice->text().contains("Reviewed ground (Ctrl+Alt+G)"));
        picture(*shown, "learning_form");
        QVERIFY(closed(*shown));
    }

    void aVersionThatNothingProvedIsUsedWhenAPersonSaysSoAndStaysChosenUntilTheyGoBack() {
        const auto file = m_fixture.makeProject("promotion.gpkg");
        {
            const auto shown = m_fixture.openWindow(file);
            QVERIFY(shown);
            QVERIFY(begins(*shown, "Valley, first try", 8));
            QVERIFY(ends(*shown));
            QVERIFY2(said(*shown).startsWith("Valley, first try is made."), qPrintable(said(*shown)));
            QVERIFY2(said(*shown).contains("goes on with bright"), qPrintable(said(*shown)));
            QCOMPARE(modelShown(*shown), "bright");
            QVERIFY(part<ui::learn::ExampleStrip>(shown.get(), "learningExamples")->tiles() > 0);
            QVERIFY(shown->findChild<ui::charts::LossChart*>()->measures() >= 2);
            picture(*shown, "learning_made");
            QVERIFY(press(*shown, "learningUse"));
            QTRY_COMPARE(modelShown(*shown), "Valley, first try");
            QVERIFY(part<QPushButton>(shown.get(), "learningPredict")->isVisible());
            QVERIFY(closed(*shown));
        }
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        QTRY_COMPARE(modelShown(*shown), "Valley, first try");
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* versions = part<QTreeWidget>(shown.get(), "modelVersions");
        QTRY_COMPARE(versions->topLevelItemCount(), 2);
        const auto rows = versions->findItems("bright", Qt::MatchExactly);
        QCOMPARE(rows.size(), 1);
        const auto fine = versions->findItems("Valley, first try", Qt::MatchExactly);
        QVERIFY2(fine.front()->text(1).contains("→"), qPrintable(fine.front()->text(1)));
        QVERIFY(!part<QPushButton>(shown.get(), "useVersion")->isEnabled());
        const auto place = versions->visualItemRect(rows.front()).center();
        QTest::mouseClick(versions->viewport(), Qt::LeftButton, {}, place);
        QVERIFY(press(*shown, "useVersion"));
        QTRY_COMPARE(modelShown(*shown), "bright");
        QVERIFY(closed(*shown));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(tasks::modelOf(*project)->name, std::string("bright"));
        std::filesystem::remove_all(m_fixture.path("models/valley-first-try"));
    }

    void aProjectWhoseModelIsNotHereSaysSo() {
        const auto file = m_fixture.makeProject("elsewhere.gpkg");
        {
            const auto project = project::Project::open(file);
            models::StoredModel gone;
            gone.manifest.name = "gone";
            gone.manifest.fingerprint = std::string(64, 'f');
            tasks::chooseModel(*project, gone);
            project->close();
        }
        const auto shown = m_fixture.newWindow();
        QVERIFY(shown);
        QStringList all;
        connect(shown->statusBar(), &QStatusBar::messageChanged, this,
                [&all](const QString& message) { all << message; });
        shown->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(!all.filter("uses the model gone, which is not on this machine").isEmpty(),
                                 20000);
        QTRY_VERIFY(shown->isIdle());
        QVERIFY(closed(*shown));
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(tasks::modelOf(*project)->name, std::string("gone")); // it is the project's all the same
    }

    void aPausedTrainingWaitsIsFoundWhenTheProjectIsOpenedAgainAndGoesOn() {
        const auto file = m_fixture.makeProject("paused.gpkg");
        {
            const auto shown = m_fixture.openWindow(file);
            QVERIFY(shown);
            const Slowly slowly(60);
            QVERIFY(begins(*shown, "Paused valley", 40));
            auto* chart = shown->findChild<ui::charts::LossChart*>();
            QTRY_VERIFY_WITH_TIMEOUT(chart->points() >= 3, 30000);
            QVERIFY(press(*shown, "learningPause"));
            QVERIFY(ends(*shown));
            QVERIFY(part<QLabel>(shown.get(), "learningInterrupted")->isVisible());
            QVERIFY(!part<QPushButton>(shown.get(), "learningStart")->isEnabled());
            picture(*shown, "learning_paused");
            QVERIFY(closed(*shown));
        }
        const auto waiting = folderOf("paused.files").interrupted();
        QVERIFY(waiting && waiting->step >= 3);
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* text = part<QLabel>(shown.get(), "learningInterrupted");
        QTRY_COMPARE(text->text(),
                     QString("Paused valley was interrupted at step %1 of 40.").arg(waiting->step));
        QVERIFY(press(*shown, "learningResume"));
        QVERIFY(ends(*shown));
        QVERIFY2(said(*shown).startsWith("Paused valley is made."), qPrintable(said(*shown)));
        QVERIFY(!text->isVisible());
        QVERIFY(folderOf("paused.files").isEmpty());
        const auto made = models::Registry({}, m_fixture.path("models")).find("paused-valley");
        QCOMPARE(models::learningRecordOf(made)->losses.size(), std::size_t(40));
        QVERIFY(closed(*shown));
        std::filesystem::remove_all(m_fixture.path("models/paused-valley"));
    }

    void closingTheWindowMidwayLeavesWhatCanGoOn() {
        const auto file = m_fixture.makeProject("closed.gpkg");
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        const Slowly slowly(60);
        QVERIFY(begins(*shown, "Closed valley", 400));
        auto* chart = shown->findChild<ui::charts::LossChart*>();
        QTRY_VERIFY_WITH_TIMEOUT(chart->points() >= 2, 30000);
        shown->close();
        QTRY_VERIFY(openDialog("question"));
        QVERIFY(answer("Stop it and close"));
        QTRY_VERIFY_WITH_TIMEOUT(!shown->isVisible(), 20000);
        const auto waiting = folderOf("closed.files").interrupted();
        QVERIFY(waiting);
        QCOMPARE(waiting->options.title, std::string("Closed valley"));
        folderOf("closed.files").remove();
    }

    void aDiscardedTrainingIsGoneAndAnotherMayBegin() {
        const auto shown = window("discard.gpkg");
        QVERIFY(shown);
        {
            const Slowly slowly(60);
            QVERIFY(begins(*shown, "Discarded", 40));
            QTRY_VERIFY_WITH_TIMEOUT(shown->findChild<ui::charts::LossChart*>()->points() >= 2, 30000);
            QVERIFY(press(*shown, "learningPause"));
            QVERIFY(ends(*shown));
        }
        QVERIFY(press(*shown, "learningDiscard"));
        QTRY_VERIFY(part<QPushButton>(shown.get(), "learningStart")->isEnabled());
        QVERIFY(folderOf("discard.files").isEmpty());
        QVERIFY(closed(*shown));
    }

    void editingGoesOnWhileItLearns() {
        const auto shown = m_fixture.openWindow(m_fixture.makeInventory("edited.gpkg"));
        QVERIFY(shown);
        const Slowly slowly(60);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        auto* layer = part<QComboBox>(shown.get(), "learningLayer");
        layer->setCurrentIndex(layer->findText("expert"));
        QVERIFY(begins(*shown, "While edited", 400));
        QTRY_VERIFY_WITH_TIMEOUT(shown->findChild<ui::charts::LossChart*>()->points() >= 1, 30000);
        clickAt(*shown, m_fixture.big());
        QTest::keyClick(shown->viewport(), Qt::Key_V);
        dragVertex(*shown, m_fixture.eastVertex(), 200);
        QTRY_VERIFY(shown->actions().undo->isEnabled());
        QVERIFY(part<QPushButton>(shown.get(), "learningPause")->isVisible()); // it learns still
        QVERIFY(press(*shown, "learningCancel"));
        QVERIFY(ends(*shown));
        QVERIFY(closed(*shown));
    }

    void twoTrainingsAtOnceAreRefused() {
        const auto shown = window("twice.gpkg");
        QVERIFY(shown);
        const tasks::TrainingLock other(m_fixture.path("models"), "Alps, after 9 glaciers");
        QVERIFY(begins(*shown, "Refused", 5));
        const auto sentence = problem();
        QVERIFY2(sentence.startsWith("Another training is running: Alps, after 9 glaciers"),
                 qPrintable(sentence));
        QVERIFY(ends(*shown));
        QVERIFY(folderOf("twice.files").isEmpty());
        QVERIFY(closed(*shown));
    }

    void nothingReviewedIsSaid() {
        const auto file = m_fixture.makeProject("unreviewed.gpkg");
        {
            const auto project = project::Project::open(file);
            outlines::LayerInfo predicted{"predicted", outlines::LayerKind::Predicted, project->scene().id,
                                          "2020-08-20"};
            project->importOutlines(predicted, {WindowFixture::outline("Big Glacier", m_fixture.big(), 700)});
            project->take(project::planInventory(*project, {.from = "predicted"})());
            project->close();
        }
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        QTest::keyClick(shown.get(), Qt::Key_F7);
        QVERIFY(begins(*shown, "Nothing", 5));
        const auto sentence = problem();
        QVERIFY2(sentence.contains("Nobody has accepted or corrected an outline"), qPrintable(sentence));
        QVERIFY(ends(*shown));
        QVERIFY(folderOf("unreviewed.files").isEmpty());
        QVERIFY(closed(*shown));
    }

    void aModelWhoseFeaturesTheSceneLacksIsNamedWithThem() {
        m_fixture.writeModel("warm", {{"optical", {"blue", "thermal"}}});
        const auto file = m_fixture.makeProject("lacking.gpkg");
        {
            const auto project = project::Project::open(file);
            tasks::chooseModel(*project, models::Registry({}, m_fixture.path("models")).find("warm"));
            project->close();
        }
        const auto shown = m_fixture.openWindow(file);
        QVERIFY(shown);
        QTRY_COMPARE(modelShown(*shown), "warm");
        QVERIFY(begins(*shown, "Lacking", 5));
        const auto sentence = problem();
        QVERIFY2(sentence.contains("warm") && sentence.contains("thermal"), qPrintable(sentence));
        QVERIFY(ends(*shown));
        QVERIFY(closed(*shown));
        std::filesystem::remove_all(m_fixture.path("models/warm"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowLearningTest)
#include "window_learning_test.moc"
