// SPDX-License-Identifier: GPL-3.0-or-later
// One inventory is edited, the rest is reference: what that means to the hand, in the real window.
#include "window_fixture.h"

#include "exchange/outline_files.h"
#include "project/inventory.h"
#include "support/shared_data.h"
#include "ui/exchange/exchange_dialogs.h"
#include "ui/layers/inventory_line.h"
#include "ui/layers/layer_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolButton>
#include <QTreeWidget>

#include <algorithm>

using namespace nunatak;
using namespace nunatak::tests;
using ui::layers::InventoryLine;
using ui::layers::LayerPanel;
using ui::window::MainWindow;

namespace {

std::vector<ui::layers::LayerRow> rows(MainWindow& window) {
    return window.findChild<LayerPanel*>()->layers();
}

int placeInPanel(MainWindow& window, const QString& layer) {
    const auto all = rows(window);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& row) { return row.name == layer; });
    return found != all.end() ? static_cast<int>(found - all.begin()) : -1;
}

QTreeWidgetItem* itemOf(MainWindow& window, const QString& title) {
    const auto found = window.findChild<QTreeWidget*>("layers")->findItems(title, Qt::MatchExactly);
    return found.isEmpty() ? nullptr : found.front();
}

void clickRow(MainWindow& window, const QString& title) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                      tree->visualItemRect(itemOf(window, title)).center());
}

/// The box before a layer's name, with the mouse.
void clickBox(MainWindow& window, const QString& title) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    const QRect row = tree->visualItemRect(itemOf(window, title));
    const bool before = itemOf(window, title)->checkState(0) == Qt::Checked;
    for (int x = row.left() + 2; x < row.left() + 30; x += 4) {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, QPoint(x, row.center().y()));
        if ((itemOf(window, title)->checkState(0) == Qt::Checked) != before) {
            return;
        }
    }
}

/// An entry of the menu on a layer's row.
bool chooseInMenu(MainWindow& window, const QString& title, const char* action) {
    auto* tree = window.findChild<QTreeWidget*>("layers");
    const QPoint place = tree->visualItemRect(itemOf(window, title)).center();
    Q_EMIT tree->customContextMenuRequested(place);
    auto* menu = window.findChild<LayerPanel*>()->findChild<QMenu*>();
    auto* chosen = menu != nullptr ? menu->findChild<QAction*>(QString::fromLatin1(action)) : nullptr;
    if (chosen == nullptr || !chosen->isEnabled()) {
        return false;
    }
    chosen->trigger();
    menu->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return true;
}

QString line(MainWindow& window) {
    return window.findChild<InventoryLine*>()->text();
}

bool warns(MainWindow& window) {
    return window.findChild<InventoryLine*>()->isWarning();
}

QString toast(MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("toastSentence");
    return label->isVisible() ? label->text() : QString();
}

void clickToast(MainWindow& window) {
    QTest::mouseClick(window.viewport()->findChild<QPushButton*>("toastButton"), Qt::LeftButton);
}

QString question() {
    auto* box = qobject_cast<QMessageBox*>(openDialog("question"));
    return box != nullptr ? box->text() : QString();
}

void undo(MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_Z, Qt::ControlModifier);
}

void redo(MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
}

bool idle(MainWindow& window) {
    return QTest::qWaitFor([&] { return window.isIdle() && !window.viewport()->isFlying(); }, 30000);
}

bool predicts(MainWindow& window) {
    QTest::keyClick(window.viewport(), Qt::Key_F5);
    return QTest::qWaitFor([&] { return !window.isIdle(); }, 5000) && idle(window);
}

/// Pixels of the view that are of this colour, or nearly.
int pixelsOf(MainWindow& window, const QColor& color) {
    QTest::mouseMove(window.viewport(), QPoint(3, window.viewport()->height() / 2));
    if (!QTest::qWaitFor([&] { return window.viewport()->isSharp(); }, 20000)) {
        return -1;
    }
    const QImage image = window.viewport()->grabFramebuffer();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                                 std::abs(pixel.blue() - color.blue()) <
                             60
                         ? 1
                         : 0;
        }
    }
    return count;
}

QColor colorOf(MainWindow& window, const QString& layer) {
    return rows(window)[static_cast<std::size_t>(placeInPanel(window, layer))].look.color;
}

outlines::OutlineHandle named(const std::string& file, const std::string& layer, const std::string& name) {
    for (const auto& outline : stored(file, layer)) {
        if (outline->name == name) {
            return outline;
        }
    }
    return nullptr;
}

} // namespace

class WindowInventoryTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// Without any outline.
    std::string makeBare(const char* name) const {
        auto project = project::Project::create(m_fixture.path(name), m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path("scene.json")));
        project->flush();
        return m_fixture.path(name);
    }

    /// Two glaciers as an inventory over the expert's outlines.
    std::string makeInventory(const char* name) const {
        const auto file = m_fixture.makeProject(name);
        const auto project = project::Project::open(file);
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return file;
    }

    void addScene2036(const std::string& file) const {
        const auto project = project::Project::open(file);
        auto scene = scene::loadScene(m_fixture.path("scene.json"));
        scene.id = outlines::makeUuid();
        scene.name = "valley 2036";
        scene.date = "2036-08-20";
        project->addScene(scene);
        project->close();
    }

    /// What a prediction of the scene gives; it always gives the same.
    std::vector<outlines::OutlineHandle> predictedIn(const char* name) const {
        const auto file = makeBare(name);
        const auto window = m_fixture.openWindow(file);
        return window && predicts(*window) && closed(*window) ? stored(file, "inventory")
                                                              : std::vector<outlines::OutlineHandle>();
    }

    bool showPicture(MainWindow& window, const QString& date) const {
        auto* previous = window.findChild<QAction*>("previousDate");
        auto* next = window.findChild<QAction*>("nextDate");
        for (int i = 0; i < 2 && !line(window).contains("picture " + date); ++i) {
            (date < QLatin1String("2030") ? previous : next)->trigger();
        }
        return QTest::qWaitFor([&] { return line(window).contains("picture " + date) && window.isIdle(); },
                               10000);
    }

    geo::Point eastVertex(double moved = 0) const {
        return {m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel + moved,
                m_fixture.big().y};
    }

    static double eastEnd(const outlines::OutlineHandle& outline) { return outline->extent().xmax; }

private Q_SLOTS:
    void hidingALayerNeverRedirectsAnEditAndNoCorrectionIsOverwritten() {
        const auto file = makeInventory("hide.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, eastVertex(), 90);
        dragVertex(*window, eastVertex(90), 90);
        dragVertex(*window, eastVertex(180), 90);
        clickBox(*window, "expert");
        QCOMPARE(itemOf(*window, "expert")->checkState(0), Qt::Unchecked);
        undo(*window);
        undo(*window);
        redo(*window);
        dragVertex(*window, eastVertex(180), 60);
        // With the inventory hidden a reference may be taken hold of, and nothing is changed by that.
        clickBox(*window, "expert");
        clickBox(*window, "Inventory 2019");
        clickAt(*window, m_fixture.big());
        QVERIFY2(line(*window).contains("locked"), qPrintable(line(*window)));
        const auto steps = part<QListWidget>(window.get(), "history")->count();
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, eastVertex()),
             placeOf(*window, eastVertex(90)));
        QCOMPARE(part<QListWidget>(window.get(), "history")->count(), steps);
        QVERIFY(toast(*window).contains("is a reference"));
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "inventory").size(), std::size_t{2});
        QVERIFY(std::abs(eastEnd(named(file, "inventory", "Big Glacier")) - eastVertex(240).x) < 8);
        QVERIFY(std::abs(eastEnd(named(file, "expert", "Big Glacier")) - eastVertex().x) < 1e-6);
    }

    void whatThePanelsOrderSaysIsSeenAlsoAfterAnotherPredictionAndAfterReopening() {
        const auto file = m_fixture.makeProject("order.gpkg");
        {
            // The same lines, so that the upper layer hides the lower one.
            const auto project = project::Project::open(file);
            // One where no model finds ice.
            project->importOutlines(
                project->layer("expert"),
                {WindowFixture::outline("Elsewhere", m_fixture.grid().toMap(24, 104), 500)});
            std::vector<outlines::Outline> same;
            for (const auto& outline : project->outlines("expert").all()) {
                same.push_back(*outline);
                same.back().uuid = outlines::makeUuid();
            }
            project->importOutlines({"other", outlines::LayerKind::Predicted, project->scene().id, {}}, same);
            project->close();
        }
        const auto isAbove = [&](MainWindow& window, const QString& upper, const QString& lower) {
            const int of = pixelsOf(window, colorOf(window, upper));
            const int under = pixelsOf(window, colorOf(window, lower));
            return placeInPanel(window, upper) < placeInPanel(window, lower) && of > 50 && under < of / 5;
        };
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(isAbove(*window, "other", "expert"));
            clickRow(*window, "expert");
            QTest::mouseClick(part<QToolButton>(window.get(), "layerUp"), Qt::LeftButton);
            QVERIFY(isAbove(*window, "expert", "other"));
            QVERIFY(predicts(*window));
            QVERIFY(placeInPanel(*window, "inventory") == 0);
            QVERIFY(isAbove(*window, "expert", "other"));
            // Wherever the user has put the inventory, a new prediction stays below it.
            clickRow(*window, "Inventory 2020");
            for (int i = 0; i < 2; ++i) {
                QTest::mouseClick(part<QToolButton>(window.get(), "layerDown"), Qt::LeftButton);
            }
            const int before = placeInPanel(*window, "inventory");
            QCOMPARE(before, 2);
            undo(*window);
            QVERIFY(answer("Take it back"));
            QTRY_COMPARE(placeInPanel(*window, "predicted"), -1);
            QVERIFY(isAbove(*window, "expert", "other"));
            redo(*window);
            QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
            QVERIFY(placeInPanel(*window, "inventory") < placeInPanel(*window, "predicted"));
            QVERIFY(isAbove(*window, "expert", "other"));
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(placeInPanel(*window, "inventory") < placeInPanel(*window, "predicted"));
        QVERIFY(isAbove(*window, "expert", "other"));
        QVERIFY(closed(*window));
    }

    void aReferenceIsDrawnOnlyWhereItDiffersFromTheInventory() {
        const auto window = m_fixture.openWindow(makeInventory("differs.gpkg"));
        QVERIFY(window);
        const auto expert = colorOf(*window, "expert");
        QCOMPARE(pixelsOf(*window, expert), 0);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, eastVertex(), 200);
        clickAt(*window, m_fixture.rock());
        QVERIFY(pixelsOf(*window, expert) > 0);
        picture(*window, "reference_differs");
        undo(*window);
        QTRY_COMPARE(pixelsOf(*window, expert), 0);
        clickBox(*window, "Inventory 2019"); // then the reference is all there is to see
        QVERIFY(pixelsOf(*window, expert) > 100);
        QVERIFY(closed(*window));
    }

    void theLineAboveTheViewSaysWhatIsEdited() {
        const auto file = makeInventory("line.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(window->findChild<InventoryLine*>()->isVisible());
        QCOMPARE(line(*window), QString("\u270e Inventory 2019 \u00b7 picture 2020-08-20"));
        clickAt(*window, m_fixture.big());
        QVERIFY(line(*window).startsWith("\u270e Inventory 2019 \u00b7 Big Glacier \u00b7 as it came"));
        QVERIFY(!warns(*window)); // its own picture
        dragVertex(*window, eastVertex(), 90);
        QVERIFY(line(*window).contains("Big Glacier \u00b7 changed \u00b7 picture 2020-08-20"));
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QVERIFY(line(*window).contains("accepted"));
        picture(*window, "inventory_line");
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big());
        QVERIFY(closed(*window));
    }

    void oneClickLeadsFromASceneToOutlinesThatCanBeDragged() {
        const auto file = makeBare("bare.gpkg");
        const auto before = predictedIn("probe.gpkg");
        QCOMPARE(before.size(), std::size_t{2});
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(line(*window).startsWith("No inventory yet"));
        auto* predict = window->viewport()->findChild<QPushButton*>("inventoryPredict");
        QVERIFY(predict->isVisible());
        picture(*window, "no_inventory");
        QTest::mouseClick(predict, Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return placeInPanel(*window, "inventory") >= 0; }, 30000));
        QVERIFY(idle(*window));
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2020"), qPrintable(line(*window)));
        QVERIFY(!openDialog());
        clickAt(*window, m_fixture.big());
        const auto big = *std::max_element(before.begin(), before.end(), [](const auto& a, const auto& b) {
            return a->extent().width() < b->extent().width();
        });
        const auto& ring = big->geometry[0].outer;
        const auto east = *std::max_element(ring.begin(), ring.end(),
                                            [](const auto& a, const auto& b) { return a.x < b.x; });
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, east),
             placeOf(*window, {east.x + 200, east.y}));
        QVERIFY2(line(*window).contains("changed"), qPrintable(line(*window)));
        QVERIFY(closed(*window));
        QVERIFY(stored(file, "predicted").size() == 2);
        int changed = 0;
        for (const auto& outline : stored(file, "inventory")) {
            changed += outline->isChanged ? 1 : 0;
        }
        QCOMPARE(changed, 1);
    }

    void draggingAReferenceWhereThereIsNoInventoryOffersToStartOne() {
        const auto file = m_fixture.makeProject("offer.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        drag(window->viewport(), Qt::LeftButton, placeOf(*window, eastVertex()),
             placeOf(*window, eastVertex(90)));
        QVERIFY(toast(*window).contains("there is no inventory yet"));
        clickToast(*window);
        QTRY_VERIFY(line(*window).startsWith("\u270e Inventory 2019 \u00b7 Big Glacier"));
        dragVertex(*window, eastVertex(), 90);
        QVERIFY(line(*window).contains("changed"));
        QVERIFY(closed(*window));
        QVERIFY(std::abs(eastEnd(named(file, "inventory", "Big Glacier")) - eastVertex(90).x) < 8);
    }

    void predictingAgainOffersToTakeOverWithItsCountsFirst() {
        const auto file = makeBare("again.gpkg");
        std::set<std::string> uuids;
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            QVERIFY(predicts(*window));
            QVERIFY(closed(*window));
            for (const auto& outline : stored(file, "inventory")) {
                uuids.insert(outline->uuid);
            }
            QCOMPARE(uuids.size(), std::size_t{2});
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(predicts(*window)); // the same again: nothing to ask
        QVERIFY(!openDialog());
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window->viewport(), Qt::Key_Delete);
        QTRY_COMPARE(rows(*window)[0].glaciers, 1);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 30000);
        QVERIFY2(question().contains("1 kept, 1 new, 0 gone"), qPrintable(question()));
        picture(*openDialog(), "take_over");
        QVERIFY(answer("Take over"));
        QTRY_COMPARE(rows(*window)[0].glaciers, 2);
        QVERIFY(line(*window).contains("accepted")); // still selected, still reviewed
        QVERIFY(toast(*window).contains("1 kept, 1 new, 0 gone"));
        QVERIFY(closed(*window));
        int kept = 0;
        for (const auto& outline : stored(file, "inventory")) {
            kept += uuids.contains(outline->uuid) ? 1 : 0;
            QVERIFY(outline->review != outlines::Review::Doubtful);
        }
        QCOMPARE(kept, 2);
    }

    void anOutlineOfAReferenceIsTakenWithAKeyAndFromTheInspector() {
        const auto file = makeBare("take.gpkg");
        {
            const auto project = project::Project::open(file);
            project->importOutlines(
                {"expert", outlines::LayerKind::Expert, project->scene().id, "2020-08-20"},
                {WindowFixture::outline("Big Glacier", m_fixture.big(), 900)});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(predicts(*window));
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big()); // the expert's beneath, or the prediction's
        for (int i = 0; i < 3 && !line(*window).startsWith("expert"); ++i) {
            clickAt(*window, m_fixture.big());
        }
        QVERIFY2(line(*window).startsWith("expert"), qPrintable(line(*window)));
        QVERIFY(part<QPushButton>(window.get(), "takeOutlineHere")->isVisible());
        QTest::keyClick(window->viewport(), Qt::Key_K);
        QTRY_VERIFY2(line(*window).startsWith("\u270e Inventory 2020"), qPrintable(line(*window)));
        QVERIFY(!part<QPushButton>(window.get(), "takeOutlineHere")->isVisible());
        QVERIFY(closed(*window));
        const auto taken = stored(file, "inventory");
        QCOMPARE(taken.size(), std::size_t{2});
        QVERIFY(std::any_of(taken.begin(), taken.end(), [&](const auto& outline) {
            return std::abs(outline->extent().width() - 1800) < 1;
        }));
    }

    void anEditOnAnotherDatesPictureIsDatedByItAndSaidAndOutOfTheEpochItAsks() {
        const auto file = makeInventory("dates.gpkg");
        addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(showPicture(*window, "2036-08-20"));
        clickAt(*window, m_fixture.big());
        QVERIFY2(warns(*window), qPrintable(line(*window)));
        picture(*window, "other_picture");
        dragVertex(*window, eastVertex(), 90);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        picture(*openDialog(), "outside_epoch");
        QVERIFY(answer("Show the picture of 2020-08-20"));
        QTRY_VERIFY(line(*window).contains("picture 2020-08-20"));
        QVERIFY(!warns(*window));
        QVERIFY(QTest::qWaitFor([&] { return window->isIdle(); }, 10000));
        dragVertex(*window, eastVertex(), 90);
        QVERIFY2(toast(*window).contains("is of 2020-08-20 now"), qPrintable(toast(*window)));
        // The other way on: an inventory of the picture's own time.
        QVERIFY(showPicture(*window, "2036-08-20"));
        dragVertex(*window, eastVertex(90), 90);
        QVERIFY(openDialog("question"));
        QVERIFY(answer("Start an inventory of this picture's time"));
        QTRY_VERIFY(placeInPanel(*window, "inventory_2") >= 0);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QCOMPARE(outline->srcDate, outline->name == "Big Glacier" ? "2020-08-20" : "2019-09-01");
        }
        const auto project = project::Project::open(file, project::Access::ReadOnly);
        QCOMPARE(project->layer("inventory_2").epoch.year, std::optional(2036));
    }

    void ofTwoPicturesThatAreComparedTheOneUnderTheHandDates() {
        const auto file = makeInventory("compared.gpkg");
        addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(showPicture(*window, "2020-08-20"));
        clickAt(*window, m_fixture.big());
        auto* others = part<QComboBox>(window.get(), "otherScene");
        const int later = others->findText("2036", Qt::MatchContains);
        QVERIFY(later > 0);
        others->setCurrentIndex(later);
        Q_EMIT others->activated(later);
        auto* swipe = part<QToolButton>(window.get(), "compareSwipe");
        QTRY_VERIFY(swipe->isVisible() && window->isIdle());
        QTest::mouseClick(swipe, Qt::LeftButton);
        auto comparison = window->viewport()->comparison();
        QVERIFY(comparison.mode == ui::viewport::SceneComparison::Mode::Swipe);
        comparison.swipe = 0.05; // all but a strip at the left is of 2036
        window->viewport()->setComparison(comparison);
        dragVertex(*window, eastVertex(), 90);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void besideEachOtherThePictureUnderTheHandDatesAndWordsStandThere() {
        const auto file = makeInventory("beside.gpkg");
        addScene2036(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(showPicture(*window, "2020-08-20"));
        clickAt(*window, m_fixture.big());
        auto* others = part<QComboBox>(window.get(), "otherScene");
        const int later = others->findText("2036", Qt::MatchContains);
        others->setCurrentIndex(later);
        Q_EMIT others->activated(later);
        auto* beside = part<QToolButton>(window.get(), "compareSideBySide");
        QTRY_VERIFY(beside->isVisible() && window->isIdle());
        QTest::mouseClick(beside, Qt::LeftButton);
        auto* view = window->viewport();
        view->frame(m_fixture.grid().extent(), false);
        view->grabFramebuffer();
        const QPoint pane(view->width() / 2, 0);
        const QPoint from = placeOf(*window, eastVertex()) + pane;
        const QPoint to = placeOf(*window, eastVertex(90)) + pane;
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(6, 0), to}) {
            QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(view, &move);
        }
        const auto* note = part<QLabel>(view, "pointerNote");
        QVERIFY(note->isVisible());
        QVERIFY2(note->geometry().adjusted(-40, -40, 40, 40).contains(to), "beside the hand");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QVERIFY2(question().contains("2036-08-20"), qPrintable(question()));
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void takingOverSaysWhatIsLeftOut() {
        const auto file = m_fixture.makeProject("left_out.gpkg");
        {
            const auto box = [](const std::string& name, geo::Point corner, double side) {
                auto outline = WindowFixture::outline(name, corner, 1);
                outline.geometry = {{{corner,
                                      {corner.x + side, corner.y},
                                      {corner.x + side, corner.y + side},
                                      {corner.x, corner.y + side}},
                                     {}}};
                return outline;
            };
            const auto middle = m_fixture.big();
            const auto project = project::Project::open(file);
            const outlines::LayerInfo pair{"pair", outlines::LayerKind::Expert, {}, "2019-09-01"};
            project->importOutlines(pair,
                                    {box("West", {middle.x - 600, middle.y}, 600), box("East", middle, 600)});
            project->take(project::planInventory(*project, {.from = "pair"})());
            editing::Edit edit;
            edit.description = "Accept both";
            for (const auto& outline : project->outlines("inventory").all()) {
                auto accepted = static_cast<outlines::Outline>(*outline);
                accepted.review = outlines::Review::Accepted;
                edit.changes.push_back({"inventory", outline, outlines::share(std::move(accepted))});
            }
            project->commit(edit, {});
            // One that lies in both, half of it in each, and one of its own ground.
            project->importOutlines({"survey", outlines::LayerKind::Expert, {}, "2019-09-01"},
                                    {box("Inside", {middle.x - 100, middle.y + 100}, 200),
                                     box("Elsewhere", m_fixture.rock(), 250)});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(chooseInMenu(*window, "survey", "takeOver"));
        QTRY_VERIFY(openDialog("question"));
        QVERIFY2(question().contains("1 new"), qPrintable(question()));
        const auto details = qobject_cast<QMessageBox*>(openDialog("question"))->informativeText();
        QVERIFY2(details.contains("Left out") && details.contains("Inside"), qPrintable(details));
        picture(*openDialog("question"), "take_over_left_out");
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void anEditIsDatedByThePictureThatIsDrawnNotByOneThatCannotBe() {
        const auto file = makeInventory("lost_picture.gpkg");
        {
            const auto project = project::Project::open(file);
            auto scene = scene::loadScene(m_fixture.path("scene.json"));
            scene.id = outlines::makeUuid();
            scene.name = "valley 2019";
            scene.date = "2019-08-20";
            scene.rasters.front().file = m_fixture.path("nowhere.tif");
            project->addScene(scene);
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        window->findChild<QAction*>("previousDate")->trigger();
        QTRY_VERIFY(openDialog("question")); // its raster is gone: later
        QTest::keyClick(openDialog("question"), Qt::Key_Escape);
        QTRY_VERIFY(!openDialog());
        dragVertex(*window, eastVertex(), 90);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QCOMPARE(outline->srcDate, outline->name == "Big Glacier" ? "2020-08-20" : "2019-09-01");
        }
    }

    void takingAPredictionOrAnImportBackAsksFirstAlsoRightAfterOpening() {
        const auto file = m_fixture.makeProject("ask.gpkg");
        {
            const auto window = m_fixture.openWindow(file);
            QVERIFY(window);
            undo(*window); // the import, right after opening
            QVERIFY2(question().contains("Import"), qPrintable(question()));
            QVERIFY(answer("Keep it"));
            QCOMPARE(placeInPanel(*window, "expert"), 0);
            QVERIFY(predicts(*window));
            undo(*window);
            QVERIFY2(question().contains("Predict"), qPrintable(question()));
            QVERIFY(answer("Keep it"));
            QVERIFY(placeInPanel(*window, "inventory") >= 0);
            undo(*window);
            QVERIFY(answer("Take it back"));
            QTRY_COMPARE(placeInPanel(*window, "inventory"), -1);
            QVERIFY(toast(*window).startsWith("Taken back: "));
            clickToast(*window); // redo
            QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        undo(*window);
        QVERIFY(openDialog("question"));
        QVERIFY(answer("Take it back"));
        QTRY_COMPARE(placeInPanel(*window, "predicted"), -1);
        QVERIFY(closed(*window));
    }

    void layersAreRenamedAndRemovedAsStepsOfTheHistory() {
        const auto file = makeInventory("rename.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QVERIFY(chooseInMenu(*window, "Inventory 2019", "renameLayer"));
        auto* editor = window->findChild<QTreeWidget*>("layers")->findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(editor, "Upper valley");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(itemOf(*window, "Upper valley"));
        QVERIFY(line(*window).contains("Upper valley"));
        undo(*window);
        QTRY_VERIFY(itemOf(*window, "Inventory 2019"));
        QVERIFY(chooseInMenu(*window, "Inventory 2019", "removeLayer"));
        QTRY_COMPARE(placeInPanel(*window, "inventory"), -1);
        QVERIFY(line(*window).startsWith("No inventory yet"));
        QVERIFY(pixelsOf(*window, colorOf(*window, "expert")) > 100);
        clickToast(*window);
        QTRY_VERIFY(itemOf(*window, "Inventory 2019"));
        QCOMPARE(pixelsOf(*window, colorOf(*window, "expert")), 0);
        QVERIFY(closed(*window));
        QCOMPARE(stored(file, "inventory").size(), std::size_t{2});
    }

    void pencilLineExportQueueAndLearningNameTheSameLayer() {
        const auto window = m_fixture.openWindow(makeInventory("same.gpkg"));
        QVERIFY(window);
        clickRow(*window, "expert"); // a highlighted row changes nothing of it
        int edited = 0;
        for (const auto& row : rows(*window)) {
            edited += itemOf(*window, row.title)->font(0).bold() ? 1 : 0;
        }
        QCOMPARE(edited, 1);
        QVERIFY(itemOf(*window, "Inventory 2019")->font(0).bold());
        QVERIFY(line(*window).contains("Inventory 2019"));
        QTest::keyClick(window->viewport(), Qt::Key_R);
        QVERIFY(idle(*window));
        QVERIFY2(line(*window).startsWith("\u270e Inventory 2019"), qPrintable(line(*window)));
        QVERIFY(window->statusBar()->currentMessage().contains("Inventory 2019"));
        window->action("exportOutlines")->trigger();
        auto* dialog = qobject_cast<ui::exchange::ExportDialog*>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        QCOMPARE(dialog->layer(), QString("inventory"));
        dialog->close();
        QTRY_VERIFY(!openDialog());
        QVERIFY(closed(*window));
    }

    void aStepOfTheHistoryIsFlownToAndGoneBackTo() {
        const auto file = makeInventory("history.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* history = part<QListWidget>(window.get(), "history");
        history->window()->findChild<QDockWidget*>("historyDock")->show();
        clickAt(*window, m_fixture.big());
        dragVertex(*window, eastVertex(), 90);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_D);
        QCOMPARE(history->item(0)->text(), "Mark Big Glacier as doubtful");
        QTest::qWait(200); // drawn
        picture(*window, "history");
        // A click selects and shows what the step was about.
        const auto click = [&](int row) {
            history->scrollToItem(history->item(row));
            QTest::mouseClick(history->viewport(), Qt::LeftButton, {},
                              history->visualItemRect(history->item(row)).center());
        };
        click(1);
        QTRY_VERIFY(line(*window).contains("Small Glacier"));
        QVERIFY(idle(*window));
        const auto seen = window->viewport()->project(m_fixture.small());
        QVERIFY(seen && std::abs(seen->x() - window->viewport()->width() / 2.0) < 40);
        // Only what was done to one glacier.
        QTest::mouseClick(part<QToolButton>(window.get(), "historyGlacier"), Qt::LeftButton);
        QVERIFY(history->item(0)->isHidden());
        QVERIFY(!history->item(1)->isHidden());
        QTest::mouseClick(part<QToolButton>(window.get(), "historyGlacier"), Qt::LeftButton);
        QVERIFY(!history->item(0)->isHidden());
        // Back to the dragged vertex: both reviews go, the vertex stays.
        click(2);
        QTest::mouseClick(part<QPushButton>(window.get(), "historyBack"), Qt::LeftButton);
        QVERIFY2(openDialog("question"), "asked");
        QVERIFY(answer("Go back"));
        QTRY_COMPARE(rows(*window)[0].accepted + rows(*window)[0].doubtful, 0);
        QVERIFY(idle(*window));
        QVERIFY(closed(*window));
        QVERIFY(named(file, "inventory", "Big Glacier")->isChanged);
    }

    void aProjectOfBeforeOpensWithAnInventoryAndSaysSoOnce() {
        const auto file = m_fixture.path("twice.gpkg");
        std::filesystem::copy_file(std::filesystem::path(NUNATAK_TEST_DATA) / "version_3/twice.gpkg", file);
        {
            const auto window = m_fixture.newWindow();
            QVERIFY(window);
            window->openProject(file);
            QTRY_VERIFY_WITH_TIMEOUT(openDialog("note"), 15000);
            const auto told = qobject_cast<QMessageBox*>(openDialog("note"))->text();
            QVERIFY2(told.contains("inventory"), qPrintable(told));
            picture(*openDialog(), "migrated");
            QTest::keyClick(openDialog(), Qt::Key_Return);
            QTRY_VERIFY(!openDialog("note"));
            QTRY_VERIFY_WITH_TIMEOUT(window->isIdle(), 20000);
            if (auto* problem = openDialog("problem")) { // its scene has no rasters any more
                QTest::keyClick(problem, Qt::Key_Return);
                QTRY_VERIFY(!openDialog());
            }
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window.get()));
            QVERIFY(line(*window).startsWith("\u270e"));
            QVERIFY(placeInPanel(*window, "corrected") >= 0);
            const auto glaciers =
                rows(*window)[static_cast<std::size_t>(placeInPanel(*window, "corrected"))].glaciers;
            undo(*window); // what was there twice comes back, and goes again
            QTRY_VERIFY2(window->actions().redo->isEnabled(),
                         qPrintable(openDialog() != nullptr ? qobject_cast<QMessageBox*>(openDialog())->text()
                                                            : window->actions().undo->text()));
            redo(*window);
            QTRY_VERIFY(!window->actions().redo->isEnabled());
            QCOMPARE(rows(*window)[static_cast<std::size_t>(placeInPanel(*window, "corrected"))].glaciers,
                     glaciers);
            QVERIFY(closed(*window));
        }
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(placeInPanel(*window, "corrected") >= 0, 15000);
        QTest::qWait(300);
        QVERIFY(!openDialog("note"));
        QVERIFY(closed(*window));
    }

    void outlinesOfThreeDatesBecomeOneInventoryWithoutAGlacierTwice() {
        NUNATAK_NEEDS_SHARED("data/everest/rgi60_outlines.gpkg");
        const auto data = sharedFile("data/everest/rgi60_outlines.gpkg");
        const auto file = m_fixture.path("everest.gpkg");
        const auto crs = geo::Crs::fromUserInput("EPSG:32645");
        {
            auto project = project::Project::create(file, crs);
            project->addScene(scene::loadScene(m_fixture.path("scene.json")));
            auto read = exchange::readOutlines(data, crs);
            project->importOutlines({"rgi", outlines::LayerKind::Expert, {}, {}}, read.outlines);
            project->flush();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        window->action("startInventory")->trigger();
        QTRY_VERIFY(placeInPanel(*window, "inventory") >= 0);
        QCOMPARE(placeInPanel(*window, "inventory_2"), -1);
        QCOMPARE(rows(*window)[0].glaciers, 86);
        // The same once more brings no glacier in a second time.
        window->action("takeOver")->trigger();
        QVERIFY(idle(*window));
        QTRY_VERIFY(window->statusBar()->currentMessage().contains("nothing that"));
        QCOMPARE(rows(*window)[0].glaciers, 86);
        QVERIFY(closed(*window));
        std::set<std::string> dates;
        for (const auto& outline : stored(file, "inventory")) {
            dates.insert(outline->srcDate);
        }
        QCOMPARE(dates.size(), std::size_t{3});
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowInventoryTest)
#include "window_inventory_test.moc"
