// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing_words.h"

#include "ui/layers/inspector_panel.h"

#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::tests;

class WindowEditingTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

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

    void undoSaysWhetherWhatItChangedIsInView() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("seen.gpkg"));
        QVERIFY(window);
        auto& view = *window->viewport();
        const auto toast = [&] { return part<QLabel>(&view, "toastSentence")->text(); };
        clickAt(*window, m_fixture.big());
        // So near that of the glacier little more than the vertex is in view.
        const auto there = geo::Extent{m_fixture.eastVertex().x, m_fixture.eastVertex().y,
                                       m_fixture.eastVertex().x, m_fixture.eastVertex().y};
        view.frame(there.grown(60), false);
        QTRY_VERIFY(view.isSharp());
        const QPoint vertex = placeOf(*window, m_fixture.eastVertex());
        drag(&view, Qt::LeftButton, vertex, vertex + QPoint(40, 0));
        QCOMPARE(lastStep(*window), "Move vertex of Big Glacier");
        window->actions().undo->trigger();
        QTRY_VERIFY(toast().contains("Move vertex"));
        QVERIFY2(!toast().contains("outside"), qPrintable(toast()));
        window->actions().redo->trigger();
        QTRY_VERIFY(lastStep(*window).startsWith("Redo"));
        view.frame(geo::Extent{there.xmin - 900, there.ymin, there.xmin - 900, there.ymin}.grown(60), false);
        QTRY_VERIFY(view.isSharp());
        window->actions().undo->trigger();
        QTRY_VERIFY2(toast().contains("outside the view"), qPrintable(toast()));
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
        const QPoint vertex = placeOf(*window, m_fixture.eastVertex());
        drag(window->viewport(), Qt::LeftButton, vertex, vertex + QPoint(40, 0));
        QCOMPARE(lastStep(*window), step);
        QCOMPARE(selectedName(*window), "Big Glacier");
    }

    void whatAnArrowStillMovesIsDoneBeforeSomethingElseIsSelected() {
        const auto file = m_fixture.makeInventory("held.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(window->viewport(), Qt::LeftButton, {}, placeOf(*window, m_fixture.eastVertex()));
        QTest::keyPress(window->viewport(), Qt::Key_Right);
        QTest::keyClick(window->viewport(), Qt::Key_R, Qt::ShiftModifier);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
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
        QVERIFY(!window->findChild<QAction*>("delete")->isEnabled()); // its key says why
        QVERIFY(window->findChild<QAction*>("acceptOutline")->toolTip().contains(": A reference"));
        QVERIFY(!part<QWidget>(window->viewport(), "neighboursOption")->isVisible()); // nothing to choose
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
            moveHeld(*view, at, Qt::LeftButton, Qt::ShiftModifier);
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
        const QPoint from = placeOf(*window, m_fixture.eastVertex());
        const QPoint to =
            placeOf(*window, {m_fixture.big().x - 1.5 * WindowFixture::bigRadius * WindowFixture::pixel,
                              m_fixture.big().y + 10});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        for (const QPoint at : {from + QPoint(9, 3), to}) {
            moveHeld(*view, at);
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
        dragVertex(*window, m_fixture.eastVertex(), 200);
        QTRY_COMPARE(lastStep(*window), "Move vertex of Big Glacier");
        auto* view = window->viewport();
        const QPoint from = placeOf(*window, {m_fixture.eastVertex().x + 200, m_fixture.eastVertex().y});
        QTest::mousePress(view, Qt::LeftButton, {}, from);
        moveHeld(*view, from + QPoint(20, 20));
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
        QTest::keyClick(window.get(), Qt::Key_Delete);
        QCOMPARE(note(*window), "The project is read-only.");
        QCOMPARE(glaciersIn(*window, "inventory"), 2);
    }

    void arrowsMoveVerticesByAPixelElseTheView() {
        const auto file = m_fixture.makeInventory("arrows.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, m_fixture.big());
        QTest::mouseClick(view, Qt::LeftButton, {}, placeOf(*window, m_fixture.eastVertex()));
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
                QVERIFY(std::abs(vertex.x - m_fixture.eastVertex().x - near) < 1e-6);
                QVERIFY(std::abs(vertex.y - m_fixture.eastVertex().y - 10 * WindowFixture::pixel) < 1e-6);
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
};

NUNATAK_WINDOW_TEST_MAIN(WindowEditingTest)
#include "window_editing_test.moc"
