// SPDX-License-Identifier: GPL-3.0-or-later
#include "window_fixture.h"

#include "ui/editing/hint_line.h"
#include "ui/layers/inspector_panel.h"
#include "ui/layers/layer_panel.h"

#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

int glaciersIn(ui::window::MainWindow& window, const QString& layer) {
    for (const auto& row : window.findChild<ui::layers::LayerPanel*>()->layers()) {
        if (row.name == layer) {
            return row.glaciers;
        }
    }
    return 0;
}

QString selectedName(ui::window::MainWindow& window) {
    return part<QLabel>(&window, "glacierName")->text();
}

QString note(ui::window::MainWindow& window) {
    const auto* label = window.viewport()->findChild<QLabel*>("pointerNote");
    return label->isVisible() ? label->text() : QString();
}

QString lastStep(ui::window::MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

QString hint(ui::window::MainWindow& window) {
    return window.viewport()->findChild<ui::editing::HintLine*>()->words();
}

QString subject(ui::window::MainWindow& window) {
    const auto* pill = part<QWidget>(window.viewport(), "toolPill");
    return pill->isVisible() ? part<QLabel>(window.viewport(), "toolSubject")->text() : QString();
}

/// The menu that a right click opens there; null: none.
QMenu* menuAt(ui::window::MainWindow& window, QPoint place) {
    QTest::mouseClick(window.viewport(), Qt::RightButton, {}, place);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

QStringList itemsOf(const QMenu& menu) {
    QStringList items;
    for (const auto* action : menu.actions()) {
        if (!action->isSeparator()) {
            items << action->text().remove(QLatin1Char('&'));
        }
    }
    return items;
}

/// Clicks an item with the mouse.
bool chosen(QMenu* menu, const QString& text) {
    for (auto* action : menu != nullptr ? menu->actions() : QList<QAction*>()) {
        if (action->text().remove(QLatin1Char('&')) == text) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return QTest::qWaitFor([] { return QApplication::activePopupWidget() == nullptr; }, 3000);
        }
    }
    return false;
}

QPushButton* toastButton(ui::window::MainWindow& window) {
    return window.viewport()->findChild<QPushButton*>("toastButton");
}

} // namespace

class WindowEditingTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    geo::Point eastVertex() const {
        return {m_fixture.big().x + WindowFixture::bigRadius * WindowFixture::pixel, m_fixture.big().y};
    }

    std::size_t verticesOf(const std::string& file, const std::string& name) const {
        for (const auto& outline : stored(file, "inventory")) {
            if (outline->name == name) {
                return outline->vertices();
            }
        }
        return 0;
    }

private Q_SLOTS:
    void deleteTakesAGlacierWithoutAVerdictAndTheToastBringsItBack() {
        const auto file = m_fixture.makeInventory("delete.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        for (const auto key : {Qt::Key_Delete, Qt::Key_A, Qt::Key_D, Qt::Key_X}) {
            part<QLabel>(window->viewport(), "pointerNote")->hide();
            QTest::keyClick(window->viewport(), key);
            QCOMPARE(note(*window), "Nothing is selected: click a glacier first.");
        }
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QCOMPARE(glaciersIn(*window, "expert"), 2);
        QCOMPARE(selectedName(*window), "");
        QCOMPARE(lastStep(*window), "Delete Big Glacier");
        QVERIFY(toastButton(*window)->isVisible());
        picture(*window, "deleted");
        QTest::mouseClick(toastButton(*window), Qt::LeftButton);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QVERIFY(closed(*window));
        const auto left = stored(file, "inventory");
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left[0]->name, std::string("Big Glacier"));
        QVERIFY(left[0]->review == outlines::Review::NotReviewed);
    }

    void aToastTakesBackItsOwnStepAndGoesWithTheNext() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("toast.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_VERIFY(toastButton(*window)->isVisible());
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window.get(), Qt::Key_A);
        QVERIFY(!toastButton(*window)->isVisible());
    }

    void anInventoryThatIsHiddenIsNotEdited() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("hidden.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "Big Glacier");
        auto* panel = window->findChild<ui::layers::LayerPanel*>();
        Q_EMIT panel->visibilityChanged("inventory", false);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QCOMPARE(note(*window), "Its layer is hidden.");
        QTest::keyClick(window.get(), Qt::Key_A);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        const auto step = lastStep(*window);
        QTest::keyClick(window->viewport(), Qt::Key_Right);
        const QPoint vertex = placeOf(*window, eastVertex());
        drag(window->viewport(), Qt::LeftButton, vertex, vertex + QPoint(40, 0));
        QCOMPARE(lastStep(*window), step);
        QCOMPARE(selectedName(*window), "Big Glacier");
    }

    void whatAnArrowStillMovesIsDoneBeforeSomethingElseIsSelected() {
        const auto file = m_fixture.makeInventory("held.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, {}, placeOf(*window, eastVertex()));
        QTest::keyPress(window->viewport(), Qt::Key_Right);
        QTest::keyClick(window->viewport(), Qt::Key_R, Qt::ShiftModifier);
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QCOMPARE(selectedName(*window), "Small Glacier");
        QCOMPARE(subject(*window), "Small Glacier · Del deletes it");
        QTest::keyRelease(window->viewport(), Qt::Key_Right);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void notAGlacierStaysAndSaysSo() {
        const auto file = m_fixture.makeInventory("no_glacier.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_X);
        QTRY_COMPARE(lastStep(*window), "Mark Big Glacier as not a glacier");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(toastButton(*window)->isVisible());
        QVERIFY(closed(*window));
        int removed = 0;
        for (const auto& outline : stored(file, "inventory")) {
            removed += outline->review == outlines::Review::Removed ? 1 : 0;
        }
        QCOMPARE(removed, 1);
    }

    void clicksTakeTheInventoryAndThenTheReferenceBeneathWhichIsLocked() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("beneath.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_X);
        QTRY_COMPARE(lastStep(*window), "Mark Big Glacier as not a glacier"); // it was the inventory's
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QCOMPARE(note(*window), ""); // it is said once, where something else is offered
        QVERIFY(part<QLabel>(window->viewport(), "toastSentence")->text().contains("reference"));
        QVERIFY(!hint(*window).contains("reference"));
        QCOMPARE(glaciersIn(*window, "expert"), 2);
        picture(*window, "reference");
        // What is offered leads to what can be edited.
        QVERIFY(toastButton(*window)->isVisible());
        QTest::mouseClick(toastButton(*window), Qt::LeftButton);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 1);
        QCOMPARE(glaciersIn(*window, "expert"), 2);
    }

    void shiftCollectsGlaciersAndOneDeleteTakesThemInOneStep() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("several.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, m_fixture.small()));
        picture(*window, "several");
        QCOMPARE(selectedName(*window), "2 glaciers"); // not one of them as if it were the only one
        const auto* inspector = window->findChild<ui::layers::InspectorPanel*>();
        QCOMPARE(inspector->value("State"), "2 as it came");
        QTest::keyClick(window.get(), Qt::Key_D);
        QTRY_COMPARE(inspector->value("State"), "2 doubtful");
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 0);
        QCOMPARE(lastStep(*window), "Delete 2 glaciers");
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void aBoxTakesVerticesWhichDeleteRemoves() {
        const auto file = m_fixture.makeInventory("box.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const double radius = WindowFixture::bigRadius * WindowFixture::pixel;
        const QPoint from = placeOf(*window, {m_fixture.big().x + 0.6 * radius, m_fixture.big().y + radius});
        const QPoint to = placeOf(*window, {m_fixture.big().x + 1.2 * radius, m_fixture.big().y - radius});
        auto* view = window->viewport();
        QTest::mousePress(view, Qt::LeftButton, Qt::ShiftModifier, from);
        for (int i = 1; i <= 4; ++i) {
            const QPointF at = QPointF(from) + QPointF(to - from) * i / 4;
            QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             Qt::ShiftModifier);
            QApplication::sendEvent(view, &move);
        }
        QCOMPARE(note(*window), "5 vertices");
        QTRY_VERIFY(view->isSharp());
        picture(*window, "box");
        QTest::mouseRelease(view, Qt::LeftButton, Qt::ShiftModifier, to);
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QTRY_COMPARE(lastStep(*window), "Remove 5 vertices of Big Glacier");
        QCOMPARE(selectedName(*window), "Big Glacier");
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{11});
    }

    void betweenVerticesADragAndADoubleClickInsertOne() {
        const auto file = m_fixture.makeInventory("insert.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        // The middle of the edge from the east vertex on.
        const auto glacier =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel);
        const auto& ring = glacier.geometry[0].outer;
        const geo::Point middle{(ring[0].x + ring[1].x) / 2, (ring[0].y + ring[1].y) / 2};
        const QPoint place = placeOf(*window, middle);
        drag(window->viewport(), Qt::LeftButton, place, place + QPoint(30, 10));
        QTRY_COMPARE(lastStep(*window), "Insert vertex into Big Glacier");
        const geo::Point other{(ring[4].x + ring[5].x) / 2, (ring[4].y + ring[5].y) / 2};
        const auto camera = window->viewport()->cameraState();
        QTest::mouseDClick(window->viewport(), Qt::LeftButton, {}, placeOf(*window, other));
        QCOMPARE(subject(*window), "1 vertex · Del removes it"); // the new one
        QVERIFY(!window->viewport()->isFlying());
        QCOMPARE(window->viewport()->cameraState(), camera);
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{18});
    }

    void aDragThatWouldCrossTheLineIsPutBackAndNothingIsStored() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("cross.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto before = lastStep(*window);
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, eastVertex());
        const QPoint to =
            placeOf(*window, {m_fixture.big().x - 1.5 * WindowFixture::bigRadius * WindowFixture::pixel,
                              m_fixture.big().y + 10});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(9, 3), to}) {
            QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(view, &move);
        }
        QCOMPARE(note(*window), "The line would cross itself.");
        picture(*window, "refused");
        QTest::mouseRelease(view, Qt::LeftButton, {}, to);
        QCOMPARE(lastStep(*window), before);
        QVERIFY(note(*window).isEmpty());
    }

    void anUndoInTheMiddleOfADragEndsIt() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("undo.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        dragVertex(*window, eastVertex(), 200);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, {eastVertex().x + 200, eastVertex().y});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(20, 20), view->mapToGlobal(from + QPoint(20, 20)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(view, &move);
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::mouseRelease(view, Qt::LeftButton, {}, from + QPoint(20, 20));
        QTRY_COMPARE(lastStep(*window), "Undo: Move vertex of Big Glacier");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void escapeTakesTheSelectionBackAndQIsHome() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("escape_selection.gpkg"));
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QCOMPARE(selectedName(*window), "Big Glacier");
        QTest::keyClick(window->viewport(), Qt::Key_Escape);
        QCOMPARE(selectedName(*window), "");
        QVERIFY(!window->findChild<QAction*>("delete")->isEnabled());
        auto* select = window->findChild<QAction*>("select");
        QVERIFY(select->isEnabled() && select->isChecked());
        QTest::keyClick(window.get(), Qt::Key_Q);
        QVERIFY(select->isChecked());
    }

    void inAProjectForReadingOnlyNothingIsTakenHoldOf() {
        const auto file = m_fixture.makeInventory("read_only.gpkg");
        const auto writer = project::Project::open(file); // holds it
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        writer->close();
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        window->openProject(file);
        if (auto* question =
                QTest::qWaitFor([] { return openDialog() != nullptr; }, 3000) ? openDialog() : nullptr) {
            for (auto* button : question->findChildren<QPushButton*>()) {
                if (button->text().contains("read", Qt::CaseInsensitive)) {
                    QTest::mouseClick(button, Qt::LeftButton);
                    break;
                }
            }
        }
        if (!QTest::qWaitFor([&] { return window->isIdle() && window->viewport()->terrain() != nullptr; },
                             20000)) {
            QSKIP("this user may write everything");
        }
        window->viewport()->setView(ui::viewport::Viewport::View::Nadir);
        window->viewport()->frame(m_fixture.grid().extent(), false);
        window->viewport()->grabFramebuffer();
        if (!window->windowTitle().contains("read-only")) {
            QSKIP("this user may write everything");
        }
        clickAt(*window, m_fixture.big());
        window->findChild<QAction*>("delete")->trigger();
        QCOMPARE(note(*window), "The project is read-only.");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void aRightClickOpensTheMenuOfWhatIsThere() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("menu.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        // Nothing but ground.
        auto* menu = menuAt(*window, placeOf(*window, m_fixture.rock()));
        QVERIFY(menu != nullptr);
        QCOMPARE(itemsOf(*menu).first(), QString("Fly there"));
        QVERIFY(!itemsOf(*menu).contains("Accept"));
        QVERIFY(chosen(menu, "Fly there"));
        QVERIFY(view->isFlying());
        view->frame(m_fixture.grid().extent(), false);
        view->grabFramebuffer();
        // An outline: selected, named, and what can be done with it.
        menu = menuAt(*window, placeOf(*window, m_fixture.big()));
        QVERIFY(menu != nullptr);
        QCOMPARE(selectedName(*window), "Big Glacier");
        const auto items = itemsOf(*menu);
        QCOMPARE(items.first(), QString("Big Glacier · Inventory 2019"));
        for (const char* item : {"Select Big Glacier · expert", "Fly there", "Accept", "Mark as doubtful",
                                 "Not a glacier", "Delete Big Glacier"}) {
            QVERIFY2(items.contains(item), qPrintable(items.join("; ")));
        }
        QVERIFY(items.filter("Undo").size() == 1);
        QVERIFY(!items.contains("Insert vertex here") && !items.contains("Take this outline"));
        picture(*menu, "menu");
        QVERIFY(chosen(menu, "Accept"));
        QCOMPARE(lastStep(*window), "Accept Big Glacier");
        // The outline beneath, which is a reference.
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.big())), "Select Big Glacier · expert"));
        menu = menuAt(*window, placeOf(*window, m_fixture.big()));
        QCOMPARE(itemsOf(*menu).first(), QString("Big Glacier · expert"));
        QVERIFY(itemsOf(*menu).contains("Take this outline"));
        QVERIFY(!itemsOf(*menu).contains("Accept") && itemsOf(*menu).filter("Delete").isEmpty());
        QTest::keyClick(menu, Qt::Key_Escape);
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QCOMPARE(selectedName(*window), "Big Glacier"); // Escape was the menu's
        // Delete from the menu.
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.small())), "Delete Small Glacier"));
        QCOMPARE(glaciersIn(*window, "inventory"), 1);
        QVERIFY(chosen(menuAt(*window, placeOf(*window, m_fixture.rock())), "Undo: Delete Small Glacier"));
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void theMenuOnALineInsertsAVertexAndOnAVertexDeletesIt() {
        const auto file = m_fixture.makeInventory("menu_vertex.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        const auto glacier =
            WindowFixture::outline("", m_fixture.big(), WindowFixture::bigRadius * WindowFixture::pixel);
        const auto& ring = glacier.geometry[0].outer;
        const geo::Point middle{(ring[2].x + ring[3].x) / 2, (ring[2].y + ring[3].y) / 2};
        auto* menu = menuAt(*window, placeOf(*window, middle));
        QVERIFY(menu != nullptr);
        QVERIFY(chosen(menu, "Insert vertex here"));
        QTRY_COMPARE(lastStep(*window), "Insert vertex into Big Glacier");
        menu = menuAt(*window, placeOf(*window, middle));
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        QVERIFY(chosen(menu, "Delete 1 vertex"));
        QTRY_COMPARE(lastStep(*window), "Remove vertex of Big Glacier");
        QVERIFY(chosen(menuAt(*window, placeOf(*window, ring[0])), "Delete 1 vertex"));
        QVERIFY(closed(*window));
        QCOMPARE(verticesOf(file, "Big Glacier"), std::size_t{15});
    }

    void aRightDragOrbitsAndOpensNoMenu() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("orbit.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        const auto camera = view->cameraState();
        const double before = view->heading();
        const QPoint from = placeOf(*window, m_fixture.big());
        drag(view, Qt::RightButton, from, from + QPoint(60, 30));
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QVERIFY(view->cameraState() != camera);
        QVERIFY(view->heading() != before);
        // The flat map pans.
        QTest::keyClick(window.get(), Qt::Key_M);
        QTRY_VERIFY(!view->isFlying());
        const auto heading = view->heading();
        const auto target = view->camera().target;
        drag(view, Qt::RightButton, from, from + QPoint(60, 30));
        QVERIFY(QApplication::activePopupWidget() == nullptr);
        QCOMPARE(view->heading(), heading);
        QVERIFY(view->camera().target.x != target.x);
    }

    void hintAndPillSayWhereTheHandIs() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("hint.gpkg"));
        QVERIFY(window);
        QStringList hints;
        const auto note = [&] { hints << hint(*window); };
        QCOMPARE(subject(*window), "");
        note();
        clickAt(*window, m_fixture.big());
        QCOMPARE(subject(*window), "Big Glacier · Del deletes it");
        note();
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "hint");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, eastVertex());
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        const QPointF at = from + QPoint(12, 6);
        QMouseEvent move(QEvent::MouseMove, at, view->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(view, &move);
        note();
        QTRY_VERIFY(window->viewport()->isSharp());
        picture(*window, "dragging");
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::mouseRelease(view, Qt::LeftButton, {}, from);
        QCOMPARE(hint(*window), hints.at(1));
        QTest::mouseClick(view, Qt::LeftButton, {}, from);
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        note();
        QTest::mouseClick(view, Qt::LeftButton, Qt::ShiftModifier, placeOf(*window, m_fixture.small()));
        QCOMPARE(subject(*window), "2 glaciers · Del deletes them");
        note();
        clickAt(*window, m_fixture.big());
        clickAt(*window, m_fixture.big()); // the reference beneath
        QCOMPARE(subject(*window), "Big Glacier · locked");
        note();
        hints.removeDuplicates();
        QCOMPARE(hints.size(), 6);
    }

    void fromAfarTheHintSaysThatVerticesAreMovedCloser() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("afar.gpkg"));
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.small());
        QTRY_VERIFY(hint(*window).startsWith("Drag the line"));
        auto camera = view->camera();
        camera.viewHeight *= 20;
        QVERIFY(view->restoreCamera(camera.toText()));
        QTRY_VERIFY2(hint(*window).startsWith("Come closer"), qPrintable(hint(*window)));
        camera.viewHeight /= 20;
        QVERIFY(view->restoreCamera(camera.toText()));
        QTRY_VERIFY2(hint(*window).startsWith("Drag the line"), qPrintable(hint(*window)));
    }

    void aMenuIsNotAsWideAsWhatWasDone() {
        const auto file = m_fixture.makeInventory("wide.gpkg");
        const QString name =
            "The very long name of a glacier that somebody has copied out of a gazetteer, with all "
            "the other names that it has in four languages";
        {
            const auto project = project::Project::open(file);
            auto outline = *project->outlines("inventory").all().front();
            const auto before = project->outlines("inventory").find(outline.uuid);
            outline.name = name.toStdString();
            editing::Edit edit;
            edit.description = "Rename";
            edit.changes = {{"inventory", before, outlines::share(std::move(outline))}};
            project->commit(edit, {});
            project->close();
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        for (const auto& middle : {m_fixture.big(), m_fixture.small()}) {
            clickAt(*window, middle);
            if (selectedName(*window) == name) {
                break;
            }
        }
        QCOMPARE(selectedName(*window), name);
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QTRY_VERIFY(lastStep(*window).contains("gazetteer"));
        auto* menu = menuAt(*window, placeOf(*window, m_fixture.rock()));
        QVERIFY(menu != nullptr);
        QVERIFY2(menu->width() < 520, qPrintable(QString::number(menu->width())));
        picture(*menu, "wide_menu");
        const auto* undo = window->action("undo");
        QVERIFY(undo->toolTip().contains(name)); // it can be read in full
        QVERIFY(undo->statusTip().contains(name));
        QTest::keyClick(menu, Qt::Key_Escape);
    }

    void arrowsMoveVerticesByAPixelElseTheView() {
        const auto file = m_fixture.makeInventory("arrows.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, eastVertex()));
        // Whoever came so close that a pixel of the picture is a square places within it.
        const double near = view->metresPerPixel();
        QVERIFY(near < WindowFixture::pixel);
        QTest::keyClick(view, Qt::Key_Right);
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        QCOMPARE(subject(*window), "1 vertex · Del removes it");
        auto far = view->camera();
        far.viewHeight *= 8;
        QVERIFY(view->restoreCamera(far.toText()));
        QVERIFY(view->metresPerPixel() > WindowFixture::pixel);
        const auto camera = view->cameraState();
        QTest::keyClick(view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(view->cameraState(), camera);
        view->setOutlinesShown(false);
        QTest::keyClick(view, Qt::Key_Right); // what is not seen is not moved
        QVERIFY(view->cameraState() != camera);
        view->setOutlinesShown(true);
        const auto panned = view->cameraState();
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(view->cameraState() != panned);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            if (outline->name == "Big Glacier") {
                const auto vertex = outline->geometry[0].outer[0];
                QVERIFY(std::abs(vertex.x - eastVertex().x - near) < 1e-6);
                QVERIFY(std::abs(vertex.y - eastVertex().y - 10 * WindowFixture::pixel) < 1e-6);
            }
        }
    }

    void aVerdictOnAReferenceOffersAnInventoryAtThePointer() {
        const auto file = m_fixture.makeProject("verdict.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        const QPoint place = placeOf(*window, m_fixture.big());
        for (const auto key : {Qt::Key_A, Qt::Key_D, Qt::Key_X}) {
            QTest::mouseMove(window->viewport(), place);
            clickAt(*window, m_fixture.big());
            QTest::keyClick(window->viewport(), key);
            QCOMPARE(note(*window), "");
            const auto* toast = part<QWidget>(window->viewport(), "toast");
            QVERIFY(toast->isVisible());
            QVERIFY(toast->geometry().adjusted(-30, -30, 30, 30).contains(place));
            QVERIFY(!toast->geometry().contains(place));
            QCOMPARE(glaciersIn(*window, "inventory"), 0); // nothing is done unasked
        }
        picture(*window, "offer");
        QTest::mouseClick(toastButton(*window), Qt::LeftButton);
        QTRY_COMPARE(glaciersIn(*window, "inventory"), 2);
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QTRY_COMPARE(lastStep(*window), "Accept Big Glacier");
    }

    void aVerdictIsOnAllThatAreSelectedInOneStep() {
        const auto file = m_fixture.makeInventory("verdicts.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(*window, m_fixture.small()));
        QTest::keyClick(window->viewport(), Qt::Key_X);
        QCOMPARE(lastStep(*window), "Mark 2 glaciers as not a glacier");
        QTest::keyClick(window->viewport(), Qt::Key_D);
        QCOMPARE(lastStep(*window), "Mark 2 glaciers as doubtful");
        QTest::keyClick(window->viewport(), Qt::Key_A);
        QCOMPARE(lastStep(*window), "Accept 2 glaciers");
        QTest::keyClick(window->viewport(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(closed(*window));
        for (const auto& outline : stored(file, "inventory")) {
            QVERIFY(outline->review == outlines::Review::Doubtful);
        }
    }

    void theStripIsReadableInBothThemes() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("themes.gpkg"));
        QVERIFY(window);
        const auto strongest = [](const QIcon& icon, QIcon::Mode mode) {
            const auto image = icon.pixmap(QSize(18, 18), mode).toImage();
            int most = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    most = std::max(most, qAlpha(image.pixel(x, y)));
                }
            }
            return most;
        };
        clickAt(*window, m_fixture.big());
        for (const char* theme : {"themeDark", "themeLight"}) {
            window->action(theme)->trigger();
            // What is not possible is pale, each of them.
            for (const auto* button :
                 window->findChild<QWidget*>("toolStrip")->findChildren<QToolButton*>()) {
                QVERIFY2(strongest(button->icon(), QIcon::Normal) > 200, qPrintable(button->text()));
                QVERIFY2(strongest(button->icon(), QIcon::Disabled) < 110, qPrintable(button->text()));
            }
            QTRY_VERIFY(window->viewport()->isSharp());
            auto* strip = part<QWidget>(window.get(), "toolStrip");
            QCOMPARE(strip->width(), 40);
            picture(*window, QString("strip_") + theme);
            for (auto* button : strip->findChildren<QToolButton*>()) {
                const auto words = button->fontMetrics().horizontalAdvance(button->text());
                QVERIFY2(words <= button->width(), qPrintable(button->text()));
                // Something is seen on it.
                const auto image = button->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
                int least = 255;
                int most = 0;
                for (int y = 2; y < image.height() - 2; ++y) {
                    for (int x = 2; x < image.width() - 2; ++x) {
                        const int gray = qGray(image.pixel(x, y));
                        least = std::min(least, gray);
                        most = std::max(most, gray);
                    }
                }
                QVERIFY2(most - least > 60, qPrintable(button->text()));
            }
        }
    }

    void toolsAreInTheStripTheMenuAndAmongTheKeys() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("strip.gpkg"));
        QVERIFY(window);
        auto* strip = part<QWidget>(window.get(), "toolStrip");
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->width(), 40);
        QStringList letters;
        for (const auto* button : strip->findChildren<QToolButton*>()) {
            letters << button->text();
        }
        QCOMPARE(letters, (QStringList{"Q", "S", "Del", "A", "D", "X", QString(QChar(0x21e7)) + "A"}));
        const QMenu* tools = nullptr;
        for (const auto* action : window->menuBar()->actions()) {
            if (action->text() == "&Tools") {
                tools = action->menu();
            }
        }
        QVERIFY(tools != nullptr);
        QCOMPARE(tools->actions().size(), 8); // with what can be chosen
        QTest::keyClick(window.get(), Qt::Key_F1);
        QTRY_VERIFY(openDialog("shortcutsDialog") != nullptr);
        QStringList words;
        for (const auto* label : openDialog("shortcutsDialog")->findChildren<QLabel*>()) {
            words << label->text();
        }
        for (const auto* action : tools->actions()) {
            QVERIFY2(words.contains(action->statusTip()), qPrintable(action->statusTip()));
        }
        openDialog()->close();
        // Every key of the window is bound once.
        QMultiMap<QString, QString> keys;
        for (const auto* action : window->findChildren<QAction*>()) {
            for (const auto& key : action->shortcuts()) {
                keys.insert(key.toString(), action->objectName());
            }
        }
        for (const auto& key : keys.uniqueKeys()) {
            QVERIFY2(keys.count(key) == 1, qPrintable(key + ": " + keys.values(key).join(' ')));
        }
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowEditingTest)
#include "window_editing_test.moc"
