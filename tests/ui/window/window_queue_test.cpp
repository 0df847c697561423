// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of a review in the real window: what needs an eye is listed with the reason, gone through by
// keys, judged and noted on, and held against other outlines of the same glacier.
#include "editing_words.h"
#include "inventory_fixture.h"

#include "ui/base/format.h"
#include "ui/layers/inspector_panel.h"
#include "ui/marginalia/overview_map.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/review/difference_box.h"
#include "ui/review/queue_model.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStatusBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using ui::review::QueueModel;
using ui::window::MainWindow;

namespace {

QListView* queue(MainWindow& window) {
    return part<QListView>(&window, "queue");
}

QStringList names(MainWindow& window) {
    QStringList names;
    const auto* model = queue(window)->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        names << model->index(row, 0).data().toString();
    }
    return names;
}

QString why(MainWindow& window, int row) {
    return queue(window)->model()->index(row, 0).data(QueueModel::Why).toString();
}

QString words(MainWindow& window, const char* label) {
    const auto* found = part<QLabel>(&window, label);
    return found->isHidden() ? QString() : found->text();
}

QString said(MainWindow& window) {
    return window.statusBar()->currentMessage();
}

void press(MainWindow& window, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    QTest::keyClick(window.viewport(), key, modifiers);
}

void clickGlacier(MainWindow& window, int row) {
    auto* list = queue(window);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(row, 0)).center());
}

void choose(QComboBox* box, int index) {
    box->setFocus();
    for (int i = 0; i < box->count(); ++i) {
        QTest::keyClick(box, Qt::Key_Up);
    }
    for (int i = 0; i < index; ++i) {
        QTest::keyClick(box, Qt::Key_Down);
    }
}

void clickButton(MainWindow& window, const char* name) {
    auto* button = window.findChild<QAbstractButton*>(QString::fromLatin1(name));
    QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
}

bool isInHand(MainWindow& window, const char* tool) {
    return window.findChild<QAction*>(QLatin1String(tool))->isChecked();
}

int steps(MainWindow& window) {
    return part<QListWidget>(&window, "history")->count();
}

bool landed(MainWindow& window) {
    return QTest::qWaitFor([&] { return !window.viewport()->isFlying() && window.isIdle(); }, 20000);
}

bool opensPanel(MainWindow& window) {
    press(window, Qt::Key_R, Qt::ControlModifier);
    return QTest::qWaitFor([&] { return window.isIdle(); }, 20000) &&
           part<QDockWidget>(&window, "reviewDock")->isVisible();
}

outlines::ReviewRecord recordOf(const std::string& file, const std::string& name) {
    const auto outline = named(file, "inventory", name);
    return outline ? outline->reviewRecord : outlines::ReviewRecord();
}

} // namespace

class WindowQueueTest : public QObject {
    Q_OBJECT

    InventoryFixture m_fixture;

    /// Of the small glacier the inventory has a third less than the expert.
    std::string makeDifferent(const char* name) const {
        const auto file = m_fixture.makeInventory(name);
        const auto project = project::Project::open(file);
        for (const auto& glacier : project->outlines("inventory").all()) {
            if (glacier->name == "Small Glacier") {
                outlines::Outline now = *glacier;
                now.geometry = WindowFixture::outline("", m_fixture.small(),
                                                      0.8 * WindowFixture::smallRadius * WindowFixture::pixel)
                                   .geometry;
                project->take(
                    {"Shrink", "test", {}, {{"inventory", glacier, outlines::share(std::move(now))}}, {}});
            }
        }
        project->close();
        return file;
    }

    /// The big glacier and two others have much less than the expert, a tiny one is his.
    std::string makeFive(const char* name) const {
        const auto at = [&](double column, double row, double radius, const char* called) {
            return WindowFixture::outline(called, m_fixture.grid().toMap(column, row),
                                          radius * WindowFixture::pixel);
        };
        const auto file = m_fixture.makeProject(name);
        const auto project = project::Project::open(file);
        auto expert = project->layer("expert");
        project->importOutlines(
            expert, {at(20, 112, 10, "South-west"), at(142, 105, 10, "South-east"), at(112, 95, 5, "Tiny")});
        project->take(project::planInventory(*project, {.from = "expert"})());
        std::vector<outlines::OutlineChange> changes;
        for (const auto& glacier : project->outlines("inventory").all()) {
            if (glacier->name == "Tiny" || glacier->name == "Small Glacier") {
                continue;
            }
            const auto middle = glacier->extent().center();
            outlines::Outline now = *glacier;
            now.geometry =
                WindowFixture::outline(
                    "", middle, (glacier->name == "Big Glacier" ? 0.35 : 0.25) * glacier->extent().width())
                    .geometry;
            changes.push_back({"inventory", glacier, outlines::share(std::move(now))});
        }
        project->take({"Shrink", "test", {}, std::move(changes), {}});
        project->close();
        return file;
    }

    std::unique_ptr<MainWindow> opened(const std::string& file) const {
        auto window = m_fixture.openWindow(file);
        if (window != nullptr) {
            window->resize(1400, 900);
        }
        return window;
    }

private Q_SLOTS:
    void init() { QFile::remove(m_fixture.qpath("settings.ini")); }

    void whatNeedsAnEyeMostStandsFirstWithTheReason() {
        const auto window = opened(makeDifferent("first.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        const QAbstractItemModelTester tester(queue(*window)->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(names(*window), (QStringList{"Small Glacier", "Big Glacier"}));
        QVERIFY2(why(*window, 0).contains("% differs from the expert"), qPrintable(why(*window, 0)));
        QCOMPARE(why(*window, 1), QString("not reviewed"));
        QVERIFY2(words(*window, "reviewProgress").startsWith("0 of 2"),
                 qPrintable(words(*window, "reviewProgress")));
        QVERIFY2(words(*window, "reviewBasis").contains("expert"), qPrintable(words(*window, "reviewBasis")));
        clickGlacier(*window, 1);
        QVERIFY(window->viewport()->isFlying());
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), QString("Big Glacier"));
        picture(*window, "queue");
        // What is judged goes, what is taken back comes again, to its place.
        press(*window, Qt::Key_A);
        QCOMPARE(names(*window), QStringList{"Small Glacier"});
        QVERIFY(words(*window, "reviewProgress").startsWith("1 of 2"));
        press(*window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(names(*window), (QStringList{"Small Glacier", "Big Glacier"}));
        QVERIFY(landed(*window));
    }

    void keysLeadThroughTheQueueAndTheViewIsFilled() {
        const auto window = opened(makeDifferent("keys.gpkg"));
        QVERIFY(window);
        press(*window, Qt::Key_R); // nobody has asked for a queue yet
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), QString("Small Glacier"));
        QVERIFY2(said(*window).contains("1 of 2 in the queue"), qPrintable(said(*window)));
        const double pixels =
            2 * WindowFixture::smallRadius * WindowFixture::pixel / window->viewport()->metresPerPixel();
        const double side = std::min(window->viewport()->width(), window->viewport()->height());
        QVERIFY2(pixels > 0.4 * side && pixels < side, qPrintable(QString::number(pixels / side)));
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), QString("Big Glacier"));
        press(*window, Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), QString("Small Glacier"));
    }

    void theFirstFlightFromTheWholeSceneEndsAsAnyOther() {
        const auto window = opened(makeDifferent("first-flight.gpkg"));
        QVERIFY(window);
        window->resize(1000, 620);
        auto* view = window->viewport();
        const auto* map = view->findChild<ui::marginalia::OverviewMap*>();
        window->action("nadir")->trigger();
        QVERIFY(landed(*window));
        window->action("zoomToScene")->trigger();
        QVERIFY(landed(*window));
        QVERIFY(!map->isVisible()); // all of it is in sight
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QVERIFY(map->isVisible());
        const auto first = selectedName(*window);
        const double scale = view->metresPerPixel();
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        press(*window, Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), first);
        QVERIFY2(std::abs(view->metresPerPixel() - scale) < 0.01 * scale,
                 qPrintable(QString("%1 m, then %2 m").arg(scale).arg(view->metresPerPixel())));
    }

    void whatIsCorrectedMovesInTheQueueAndLeavesNoneOut() {
        const auto window = opened(makeFive("five.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        const auto order = names(*window);
        QCOMPARE(order.front(), QString("Big Glacier"));
        QVERIFY(order.size() == 5 && order.indexOf("Tiny") > 2);
        // The row says that it is other than the expert's, and that one is in the view as well, free of the
        // map.
        const auto* map = window->viewport()->findChild<ui::marginalia::OverviewMap*>();
        const auto experts =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel);
        for (const auto& point : experts.geometry[0].outer) {
            const auto place = window->viewport()->project(point);
            QVERIFY(place && window->viewport()->rect().contains(place->toPoint()));
            QVERIFY(!map->isVisible() || !map->geometry().contains(place->toPoint()));
        }
        // Corrected it is no worse than its size, and the one that came after it comes now.
        QTest::mouseClick(window->viewport(), Qt::LeftButton, {},
                          window->viewport()->project(m_fixture.big())->toPoint());
        QTest::qWait(QApplication::doubleClickInterval() + 100);
        QTest::mouseClick(window->viewport(), Qt::LeftButton, {},
                          window->viewport()->project(m_fixture.big())->toPoint());
        press(*window, Qt::Key_K);
        QVERIFY(landed(*window));
        QTRY_VERIFY2(names(*window).front() != "Big Glacier",
                     qPrintable(lastStep(*window) + ": " + names(*window).join(", ")));
        QTest::qWait(400); // what changed is measured in a moment
        QVERIFY(landed(*window));
        const int place = names(*window).indexOf("Big Glacier");
        QVERIFY2(place > 0 && place < 4, qPrintable(names(*window).join(", ")));
        QCOMPARE(selectedName(*window), QString("Big Glacier"));
        clickButton(*window, "reviewGoesOn");
        press(*window, Qt::Key_A);
        QTRY_COMPARE(selectedName(*window), order[1]);
        QVERIFY(landed(*window));
        clickButton(*window, "reviewGoesOn");
    }

    void whatIsDoubtfulIsNamedWhereAllIsReviewedAndShownByAClick() {
        const auto window = opened(makeDifferent("doubtful.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        press(*window, Qt::Key_D);
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        press(*window, Qt::Key_A);
        QVERIFY(landed(*window));
        QTRY_COMPARE(names(*window).size(), 0);
        auto* hint = part<QLabel>(queue(*window), "emptyHint");
        QVERIFY2(hint->text().contains("1 doubtful: show"), qPrintable(hint->text()));
        press(*window, Qt::Key_R);
        QVERIFY2(said(*window).contains("1 doubtful"), qPrintable(said(*window)));
        QTest::mouseClick(hint, Qt::LeftButton, {},
                          hint->rect().center() + QPoint(0, hint->fontMetrics().lineSpacing() / 2));
        QTRY_COMPARE(names(*window), QStringList("Small Glacier"));
        QCOMPARE(part<QComboBox>(window.get(), "queueShow")->currentText(), QString("Doubtful"));
    }

    void anInventoryThatIsStartedIsTheOneThatIsGoneThrough() {
        const auto file = m_fixture.makeInventory("epochs.gpkg");
        m_fixture.addScene2036(file);
        const auto window = opened(file);
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        const auto listed = [&] { return part<QComboBox>(window.get(), "reviewLayer")->currentText(); };
        QCOMPARE(listed(), QString("Inventory 2019"));
        QVERIFY(m_fixture.showPicture(*window, "2036-08-20"));
        press(*window, Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(listed(), QString("Inventory 2036"));
        QVERIFY(landed(*window));
        QCOMPARE(names(*window).size(), 2);
        // Which lines are of the one that is edited the legend says; the others are dashed, as references.
        const auto samples = window->findChild<ui::marginalia::ViewOverlay*>()->reviews();
        QCOMPARE(samples.size(), std::size_t{2});
        QCOMPARE(samples[0].name, QString("Inventory 2036"));
        QVERIFY(samples[0].line.state == outlines::OutlineState::Untouched);
        QCOMPARE(samples[1].name, QString("Inventory 2019"));
        QVERIFY(samples[1].line.state == outlines::OutlineState::Reference);
        picture(*window, "two_epochs");
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QVERIFY2(words(*window, "reviewFound").startsWith("Not reviewed"),
                 qPrintable(words(*window, "reviewFound")));
        // What is selected of the other one says so beside the verdicts.
        clickBox(*window, "Inventory 2036");
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        clickAt(*window, m_fixture.big());
        QVERIFY2(words(*window, "reviewFound")
                     .startsWith("In Inventory 2019, while the list is of Inventory 2036"),
                 qPrintable(words(*window, "reviewFound")));
    }

    void aLayerThatComesWhileThePanelIsOpenIsListed() {
        const auto window = opened(m_fixture.makeBare("comes.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        QCOMPARE(words(*window, "reviewProgress"), QString("No glaciers"));
        press(*window, Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(part<QComboBox>(window.get(), "reviewLayer")->currentText(), QString("Inventory 2020"));
        QVERIFY(landed(*window));
        press(*window, Qt::Key_G);
        for (const auto& corner : {QPoint(-40, -40), QPoint(40, -40), QPoint(40, 40), QPoint(-40, 40)}) {
            QTest::mouseClick(window->viewport(), Qt::LeftButton, {},
                              window->viewport()->rect().center() + corner);
        }
        press(*window, Qt::Key_Return);
        QTRY_COMPARE(names(*window).size(), 1);
        choose(part<QComboBox>(window.get(), "queueShow"), 5); // all
        QCOMPARE(part<QComboBox>(window.get(), "reviewLayer")->currentText(), QString("Inventory 2020"));
    }

    void afterAVerdictTheNextOneComesIfWantedAndThatIsRemembered() {
        const auto file = makeDifferent("go_on.gpkg");
        {
            const auto window = opened(file);
            QVERIFY(window);
            QVERIFY(opensPanel(*window));
            // The list is kept by what changes: rows come, go and move, and all others stay as they are.
            const QAbstractItemModelTester tester(queue(*window)->model(),
                                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
            const QSignalSpy anew(queue(*window)->model(), &QAbstractItemModel::modelReset);
            const QSignalSpy gone(queue(*window)->model(), &QAbstractItemModel::rowsRemoved);
            press(*window, Qt::Key_R);
            QVERIFY(landed(*window));
            press(*window, Qt::Key_D);
            QVERIFY(landed(*window));
            QCOMPARE(selectedName(*window), QString("Small Glacier")); // it stays
            QCOMPARE(gone.count(), 1);
            press(*window, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(names(*window).size(), 2);
            clickButton(*window, "reviewGoesOn");
            QVERIFY(part<QCheckBox>(window.get(), "reviewGoesOn")->isChecked());
            press(*window, Qt::Key_D);
            QTRY_COMPARE(selectedName(*window), QString("Big Glacier"));
            QVERIFY(landed(*window));
            // What is taken back is to be looked at again, and so is what is said again.
            press(*window, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(selectedName(*window), QString("Small Glacier"));
            QVERIFY(landed(*window));
            press(*window, Qt::Key_A);
            QTRY_COMPARE(selectedName(*window), QString("Big Glacier"));
            QVERIFY(landed(*window));
            press(*window, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(selectedName(*window), QString("Small Glacier"));
            QVERIFY(landed(*window));
            // Several at once are no step through the queue.
            window->viewport()->frame(m_fixture.grid().extent(), false);
            QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                              placeOf(*window, m_fixture.big()));
            press(*window, Qt::Key_D);
            QVERIFY2(lastStep(*window).contains("2 glaciers"), qPrintable(lastStep(*window)));
            QTest::qWait(100);
            QVERIFY(!window->viewport()->isFlying());
            press(*window, Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(names(*window).size(), 2);
            QVERIFY(landed(*window));
            QCOMPARE(anew.count(), 0);
            QVERIFY(closed(*window));
        }
        const auto window = opened(file);
        QVERIFY(window);
        QVERIFY(part<QCheckBox>(window.get(), "reviewGoesOn")->isChecked());
    }

    void aNoteIsWrittenAloneOrWithAVerdictAndSaysWhoseItIs() {
        const auto file = makeDifferent("note.gpkg");
        {
            const auto window = opened(file);
            QVERIFY(window);
            QVERIFY(opensPanel(*window));
            auto* reviewer = part<QLineEdit>(window.get(), "reviewer");
            reviewer->setFocus();
            reviewer->selectAll();
            QTest::keyClicks(reviewer, "A. Meier");
            QTest::keyClick(reviewer, Qt::Key_Return);
            QVERIFY(window->viewport()->hasFocus());
            clickAt(*window, m_fixture.big());
            const int before = steps(*window);
            press(*window, Qt::Key_D, Qt::ShiftModifier);
            auto* note = part<QPlainTextEdit>(window.get(), "reviewNote");
            QTRY_VERIFY(note->hasFocus());
            QTest::keyClicks(note, "Debris, adx");
            QTest::keyClick(note, Qt::Key_Return);
            QCOMPARE(lastStep(*window), QString("Note on Big Glacier"));
            QCOMPARE(steps(*window), before + 1);
            QVERIFY(window->viewport()->hasFocus());
            // Whoever notes something has reviewed nothing.
            const auto* facts = window->findChild<ui::layers::InspectorPanel*>();
            QVERIFY(facts->value("Note by").startsWith("A. Meier"));
            QCOMPARE(facts->value("Reviewed by"), QString());
            QCOMPARE(facts->value("Analyst"), QString());
            press(*window, Qt::Key_A);
            QVERIFY2(words(*window, "reviewFound").startsWith("Accepted by A. Meier, "),
                     qPrintable(words(*window, "reviewFound")));
            QCOMPARE(note->toPlainText(), QString("Debris, adx"));
            QCOMPARE(window->findChild<ui::layers::InspectorPanel*>()->value("Note"), QString("Debris, adx"));
            QVERIFY(window->findChild<ui::layers::InspectorPanel*>()
                        ->value("Reviewed by")
                        .startsWith("A. Meier"));
            // In one step with a verdict.
            clickAt(*window, m_fixture.small());
            press(*window, Qt::Key_D, Qt::ShiftModifier);
            QTest::keyClicks(note, "Whose ice?");
            clickButton(*window, "reviewDoubt");
            QVERIFY(window->viewport()->hasFocus()); // the next keys are no note
            QCOMPARE(steps(*window), before + 3);
            QCOMPARE(lastStep(*window), QString("Mark Small Glacier as doubtful"));
            // Esc leaves it as it was; going elsewhere keeps what was written.
            press(*window, Qt::Key_D, Qt::ShiftModifier);
            QTest::keyClicks(note, " No");
            QTest::keyClick(note, Qt::Key_Escape);
            QCOMPARE(note->toPlainText(), QString("Whose ice?"));
            press(*window, Qt::Key_D, Qt::ShiftModifier);
            QTest::keyClicks(note, " Ask");
            window->viewport()->setFocus();
            QCOMPARE(lastStep(*window), QString("Note on Small Glacier"));
            QVERIFY(closed(*window));
        }
        QCOMPARE(recordOf(file, "Big Glacier").note, std::string("Debris, adx"));
        QCOMPARE(recordOf(file, "Big Glacier").reviewer, std::string("A. Meier"));
        QCOMPARE(recordOf(file, "Small Glacier").note, std::string("Whose ice? Ask"));
        const auto window = opened(file);
        QVERIFY(window);
        QTRY_VERIFY(part<QDockWidget>(window.get(), "reviewDock")->isVisible()); // it was open
        QCOMPARE(part<QLineEdit>(window.get(), "reviewer")->text(), QString("A. Meier"));
    }

    void aReviewedGlacierThatChangedSaysSoAndIsListedAgain() {
        const auto window = opened(m_fixture.makeInventory("outdated.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        window->viewport()->frame(m_fixture.grid().extent(), false);
        clickAt(*window, m_fixture.big());
        press(*window, Qt::Key_A);
        QCOMPARE(names(*window), QStringList{"Small Glacier"});
        window->viewport()->frame(m_fixture.grid().extent(), false);
        dragVertex(*window, m_fixture.eastVertex(), 150);
        QCOMPARE(lastStep(*window), QString("Move vertex of Big Glacier"));
        QTRY_VERIFY(names(*window).contains("Big Glacier"));
        QVERIFY(landed(*window));
        QVERIFY2(why(*window, static_cast<int>(names(*window).indexOf("Big Glacier")))
                     .contains("changed after its review"),
                 qPrintable(why(*window, 0)));
        QVERIFY2(words(*window, "reviewProgress").startsWith("0 of 2, 1 changed since"), // one rule for all
                 qPrintable(words(*window, "reviewProgress")));
        QVERIFY2(words(*window, "reviewPace").startsWith(ui::areaText(0) + " of "),
                 qPrintable(words(*window, "reviewPace")));
        QVERIFY2(words(*window, "reviewFound").contains("its line was changed after that"),
                 qPrintable(words(*window, "reviewFound")));
    }

    void filtersNarrowTheQueueByVerdictSizePlaceAndAttribute() {
        const auto window = opened(makeDifferent("filters.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        auto* show = part<QComboBox>(window.get(), "queueShow");
        choose(show, 3);
        QCOMPARE(show->currentText(), QString("Doubtful"));
        QCOMPARE(names(*window), QStringList());
        QCOMPARE(part<QLabel>(queue(*window), "emptyHint")->text(),
                 QString("No glacier is as the filter asks."));
        window->viewport()->frame(m_fixture.grid().extent(), false);
        clickAt(*window, m_fixture.big());
        press(*window, Qt::Key_D);
        QCOMPARE(names(*window), QStringList{"Big Glacier"});
        choose(show, 4);
        QCOMPARE(show->currentText(), QString("Mine"));
        QCOMPARE(names(*window), QStringList{"Big Glacier"});
        choose(show, 5);
        QCOMPARE(names(*window).size(), 2);
        clickButton(*window, "queueMore");
        auto* most = part<QDoubleSpinBox>(window.get(), "queueMost");
        QVERIFY(most->isVisible());
        most->setFocus();
        most->selectAll();
        QTest::keyClicks(most, QLocale().toString(1.0));
        QTest::keyClick(most, Qt::Key_Return);
        QCOMPARE(names(*window), QStringList{"Small Glacier"});
        clickButton(*window, "queueClear");
        QCOMPARE(show->currentText(), QString("What needs an eye"));
        QCOMPARE(names(*window), QStringList{"Small Glacier"});
        choose(show, 5);
        auto* attribute = part<QComboBox>(window.get(), "queueAttribute");
        QVERIFY(attribute->findText("rgi_id") >= 0);
        attribute->lineEdit()->setFocus();
        attribute->lineEdit()->selectAll();
        QTest::keyClicks(attribute->lineEdit(), "name");
        auto* value = part<QLineEdit>(window.get(), "queueValue");
        value->setFocus();
        QTest::keyClicks(value, "Big Glacier");
        QTest::keyClick(value, Qt::Key_Return);
        QCOMPARE(names(*window), QStringList{"Big Glacier"});
        clickButton(*window, "queueClear");
        choose(show, 5);
        // A region that a hand draws; another tool, and another filter, draw none.
        auto* where = part<QComboBox>(window.get(), "queueWhere");
        press(*window, Qt::Key_S);
        choose(where, 2);
        QVERIFY(isInHand(*window, "select"));
        press(*window, Qt::Key_S);
        QCOMPARE(where->currentIndex(), 0);
        QVERIFY(isInHand(*window, "redraw"));
        press(*window, Qt::Key_Q);
        choose(where, 2);
        choose(show, 3);
        QCOMPARE(where->currentIndex(), 1); // of what is in view, which is on the way there
        choose(show, 5);
        choose(where, 2);
        press(*window, Qt::Key_Escape);
        QCOMPARE(where->currentIndex(), 0);
        choose(where, 2);
        window->viewport()->frame(m_fixture.grid().extent(), false);
        const auto place = [&](double east, double north) {
            return placeOf(*window, {m_fixture.small().x + east, m_fixture.small().y + north});
        };
        QTest::mousePress(window->viewport(), Qt::LeftButton, {}, place(-500, -500));
        for (const auto& [east, north] : {std::pair{500, -500}, {500, 500}, {-500, 500}, {-500, -400}}) {
            moveHeld(*window->viewport(), place(east, north));
        }
        QTest::mouseRelease(window->viewport(), Qt::LeftButton, {}, place(-500, -400));
        QCOMPARE(names(*window), QStringList{"Small Glacier"});
        picture(*window, "queue_region");
        choose(part<QComboBox>(window.get(), "queueWhere"), 0);
        QCOMPARE(names(*window).size(), 2);
    }

    void anOutlineStandsBesideTheExpertsInNumbersAndOnTheGround() {
        const auto window = opened(makeDifferent("beside.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        press(*window, Qt::Key_R);
        QVERIFY(landed(*window));
        QCOMPARE(selectedName(*window), QString("Small Glacier"));
        QTRY_VERIFY(part<QToolButton>(window.get(), "besideExpert")->isEnabled());
        QVERIFY(!part<QToolButton>(window.get(), "besidePrediction")->isEnabled());
        QCOMPARE(pixelsOf(*window, ui::review::lostColor), 0);
        clickButton(*window, "besideExpert");
        QTRY_VERIFY(!words(*window, "besideNumbers").isEmpty());
        const auto numbers = words(*window, "besideNumbers");
        QVERIFY2(numbers.contains("(-36"), qPrintable(numbers)); // 0.8² = 0.64
        QVERIFY2(numbers.contains("gained 0"), qPrintable(numbers));
        QVERIFY2(numbers.contains("at most"), qPrintable(numbers));
        QVERIFY(pixelsOf(*window, ui::review::lostColor) > 300);
        QCOMPARE(pixelsOf(*window, ui::review::gainedColor), 0);
        picture(*window, "beside");
        // It goes with the panel.
        press(*window, Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(pixelsOf(*window, ui::review::lostColor), 0);
    }

    void thePanelSaysWhatToDoWhereThereIsNothingToHoldOutlinesAgainst() {
        const auto file = m_fixture.makeInventory("nothing.gpkg");
        {
            const auto project = project::Project::open(file);
            project->removeLayer("expert");
            project->close();
        }
        const auto window = opened(file);
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        QVERIFY2(words(*window, "reviewBasis").contains("nothing to hold these outlines against"),
                 qPrintable(words(*window, "reviewBasis")));
        QCOMPARE(names(*window), (QStringList{"Big Glacier", "Small Glacier"}));
        QVERIFY(closed(*window));

        const auto bare = opened(m_fixture.makeBare("bare.gpkg"));
        QVERIFY(bare);
        QVERIFY(part<QLabel>(queue(*bare), "emptyHint")->text().contains("Predict those of this scene"));
    }

    void beforeThereIsAnInventoryOneCanBeStartedThere() {
        const auto window = opened(m_fixture.makeProject("reference.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        QVERIFY2(words(*window, "reviewLock").contains("is a reference"),
                 qPrintable(words(*window, "reviewLock")));
        QCOMPARE(names(*window).size(), 2);
        clickButton(*window, "reviewStartInventory");
        QVERIFY(landed(*window));
        QTRY_COMPARE(words(*window, "reviewLock"), QString());
        QCOMPARE(part<QComboBox>(window.get(), "reviewLayer")->currentText(), QString("Inventory 2019"));
        QCOMPARE(names(*window).size(), 2);
    }

    void aPredictionIsMeasuredByItself() {
        const auto window = opened(m_fixture.makeBare("predicted.gpkg"));
        QVERIFY(window);
        QVERIFY(opensPanel(*window));
        QVERIFY(part<QLabel>(queue(*window), "emptyHint")->text().contains("Predict those of this scene"));
        QVERIFY(predicts(*window));
        QTRY_COMPARE(names(*window).size(), 2);
        QVERIFY(landed(*window));
        QVERIFY2(words(*window, "reviewBasis").contains("the model's confidence"),
                 qPrintable(words(*window, "reviewBasis")));
        picture(*window, "queue_predicted");
    }

    void aReviewThatIsUnderWayIsGoneOnWith() {
        const auto file = m_fixture.makeInventory("under_way.gpkg");
        {
            const auto project = project::Project::open(file);
            const auto glacier = project->outlines("inventory").all().front();
            outlines::Outline now = *glacier;
            now.review = Review::Accepted;
            now.reviewRecord = {"B. Huber", "2026-11-30T07:35:08Z", "", false};
            project->take(
                {"Accept", "test", {}, {{"inventory", glacier, outlines::share(std::move(now))}}, {}});
            project->close();
        }
        const auto window = opened(file);
        QVERIFY(window);
        QTRY_VERIFY(part<QDockWidget>(window.get(), "reviewDock")->isVisible());
        QTRY_COMPARE(names(*window).size(), 1);
        QVERIFY(words(*window, "reviewProgress").startsWith("1 of 2"));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowQueueTest)
#include "window_queue_test.moc"
