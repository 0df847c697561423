// SPDX-License-Identifier: GPL-3.0-or-later
// Takes the pictures of docs/editing.md: the program on the demo's scene, driven by the events of a mouse and
// a keyboard as a hand would.
//
//     xvfb-run -a -s "-screen 0 1920x1080x24" build/release/tests/editing_pictures docs/pictures
#include "picture_project.h"

#include "base/error.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "support/hand.h"
#include "support/shown_window.h"
#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QWheelEvent>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr QSize windowSize(1280, 800);

class Pictures {
public:
    Pictures(const QString& folder, const PictureProject& project) : m_folder(folder), m_project(project) {
        giveCopyTo("Theo");
        QSettings(m_settings.filePath("settings.ini"), QSettings::IniFormat).setValue("analyst", "Anna");
        m_window = shownWindow(m_settings.filePath("settings.ini"), windowSize, m_project.file);
        rest([&] { return view().terrain() != nullptr; });
    }

    void take() {
        moveVertex();
        boxOfVertices();
        redrawDivide();
        along();
        refused();
        brush();
        hole();
        split();
        takeHere();
        newGlacier();
        join();
        simplify();
        smooth();
        buffer();
        movePart();
        explode();
        collect();
        divides();
        attributes();
        revert();
        bringTogether();
        findings();
        sideLayers();
        joinWork();
        queue();
        liveWire();
        m_window->close();
    }

private:
    ui::viewport::Viewport& view() { return *m_window->viewport(); }
    void rest(const std::function<bool()>& also = [] { return true; }) {
        const bool rests = QTest::qWaitFor(
            [&] { return m_window->isIdle() && !view().isFlying() && view().isSharp() && also(); }, 120000);
        if (!rests) {
            std::fprintf(stderr, "The window does not come to rest.\n");
        }
        QTest::qWait(200);
    }
    /// Keys are the window's again after a dialog, also where no window manager gives them back.
    void takeKeys() {
        m_window->raise();
        m_window->activateWindow();
        if (!QTest::qWaitForWindowActive(m_window.get())) {
            std::fprintf(stderr, "The window gets no keys.\n");
        }
    }
    QPoint at(geo::Point map) { return view().project(map).value_or(QPointF()).toPoint(); }
    /// Beside the middle of the divide, so many metres to the east and north.
    QPoint beside(double east, double north) {
        return at({m_project.dividesMiddle.x + east, m_project.dividesMiddle.y + north});
    }
    void lookAt(geo::Point middle, double metres) {
        view().frame(geo::Extent{middle.x, middle.y, middle.x, middle.y}.grown(metres / 2), false);
        rest();
    }
    void press(QPoint place, Qt::KeyboardModifiers keys = {}) {
        QTest::mouseMove(&view(), place);
        QTest::qWait(100);
        QTest::mousePress(&view(), Qt::LeftButton, keys, place);
    }
    void lead(const std::vector<QPoint>& way, Qt::KeyboardModifiers keys = {}) {
        press(way.front(), keys);
        for (std::size_t i = 0; i + 1 < way.size(); ++i) {
            for (int k = 1; k <= 12; ++k) {
                moveHeld(view(), QPointF(way[i]) + QPointF(way[i + 1] - way[i]) * k / 12, Qt::LeftButton,
                         keys);
                QTest::qWait(5);
            }
        }
    }
    void give(QPoint place) { QTest::mouseRelease(&view(), Qt::LeftButton, {}, place); }
    void key(int key) { QTest::keyClick(&view(), Qt::Key(key)); }
    void stepBack(int times) {
        for (int i = 0; i < times; ++i) {
            key(Qt::Key_Escape);
        }
        rest();
    }
    /// The view with all that stands over it.
    void keep(const char* name) {
        rest();
        view().repaint();
        save(view().grab(), name);
    }
    void save(const QPixmap& picture, const char* name) {
        constexpr int quality = 85;
        const QString file = QDir(m_folder).filePath(QString::fromLatin1(name) + QStringLiteral(".jpg"));
        if (!picture.save(file, "JPG", quality)) {
            std::fprintf(stderr, "%s cannot be written.\n", qPrintable(file));
        }
    }
    void click(geo::Point map) { QTest::mouseClick(&view(), Qt::LeftButton, {}, at(map)); }

    void selectWest() {
        QTest::mouseClick(&view(), Qt::LeftButton, {}, beside(-150, 0));
        rest();
    }

    void choose(const char* action) { m_window->findChild<QAction*>(QLatin1String(action))->trigger(); }

    /// A lake on the ice, debris, a snow line with a vertex in the hand, and a point.
    void sideLayers() {
        stepBack(2);
        lookAt(m_project.dividesMiddle, 2500);
        choose("sideLayer_debris_cov");
        lead({beside(150, -700), beside(450, -500), beside(600, -150), beside(500, 100), beside(250, -100),
              beside(150, -650)});
        give(beside(150, -650));
        key(Qt::Key_Return);
        choose("sideLayer_supra_lake");
        lead({beside(-420, -260), beside(-330, -330), beside(-250, -250), beside(-330, -170),
              beside(-410, -250)});
        give(beside(-410, -250));
        key(Qt::Key_Return);
        choose("sideLayer_highest");
        QTest::mouseClick(&view(), Qt::LeftButton, {}, beside(-100, 500));
        choose("sideLayer_snow_line");
        lead({beside(-600, 120), beside(-250, 260), beside(50, 180), beside(350, 330), beside(650, 260)});
        give(beside(650, 260));
        key(Qt::Key_Return);
        rest();
        keep("side-layers");
        choose("editInventory");
        rest();
    }

    void moveVertex() {
        lookAt(m_project.dividesMiddle, 900);
        selectWest();
        const QPoint vertex = beside(0, 0);
        lead({vertex, beside(90, 30)});
        keep("move-vertex");
        key(Qt::Key_Escape);
        give(vertex);
    }

    void boxOfVertices() {
        lookAt(m_project.dividesMiddle, 2500);
        lead({beside(-300, -500), beside(300, 500)}, Qt::ShiftModifier);
        give(beside(300, 500));
        keep("select-box");
        stepBack(1);
    }

    void redrawDivide() {
        lookAt(m_project.dividesMiddle, 2500);
        key(Qt::Key_S);
        lead({beside(-120, 450), beside(180, 260), beside(260, 0), beside(200, -240), beside(-120, -420)});
        keep("redraw-divide");
        key(Qt::Key_Escape);
        give(beside(0, 0));
        stepBack(1);
    }

    /// The southernmost vertex of both glaciers.
    geo::Point tongue() const {
        const auto& ring = m_project.complex.front().outer;
        return *std::min_element(ring.begin(), ring.end(), [](auto a, auto b) { return a.y < b.y; });
    }

    /// Redraw follows the line of the earlier outline between two clicks.
    void along() {
        const geo::Point end = tongue();
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt({end.x, end.y + 250}, 1500);
        QTest::mouseClick(&view(), Qt::LeftButton, {}, at({end.x, end.y + 60}));
        rest();
        key(Qt::Key_S);
        const auto line = geo::buffered(m_project.complex, 80).front().outer;
        const auto south =
            std::min_element(line.begin(), line.end(), [](auto a, auto b) { return a.y < b.y; });
        const auto from = static_cast<std::size_t>(south - line.begin());
        const auto vertex = [&](std::ptrdiff_t away) {
            const auto count = static_cast<std::ptrdiff_t>(line.size());
            return line[static_cast<std::size_t>(
                ((static_cast<std::ptrdiff_t>(from) + away) % count + count) % count)];
        };
        click(vertex(-12));
        QTest::mouseMove(&view(), at(vertex(12)));
        QTest::qWait(100);
        keep("redraw-along");
        stepBack(3);
        view().setView(ui::viewport::Viewport::View::Oblique);
    }

    void refused() {
        lookAt(m_project.dividesMiddle, 900);
        selectWest();
        key(Qt::Key_T);
        key(Qt::Key_T);
        lead({beside(0, 0), beside(120, 20)});
        keep("refused");
        key(Qt::Key_Escape);
        give(beside(0, 0));
        key(Qt::Key_T);
    }

    void brush() {
        lookAt(m_project.dividesMiddle, 2500);
        selectWest();
        key(Qt::Key_B);
        for (int i = 0; i < 3; ++i) {
            key(Qt::Key_U);
        }
        lead({beside(-100, 400), beside(60, 250), beside(120, 0), beside(0, -300)});
        keep("brush");
        key(Qt::Key_Escape);
        give(beside(0, 0));
        stepBack(2);
    }

    void hole() {
        lookAt(m_project.dividesMiddle, 2500);
        selectWest();
        key(Qt::Key_I);
        for (const geo::Point way :
             {geo::Point{-450, 150}, {-250, 220}, {-150, 60}, {-260, -120}, {-430, -80}}) {
            QTest::mouseClick(&view(), Qt::LeftButton, {}, beside(way.x, way.y));
        }
        keep("hole");
        stepBack(3);
    }

    void split() {
        lookAt(m_project.dividesMiddle, 3500);
        selectWest();
        key(Qt::Key_C);
        for (const geo::Point way :
             {geo::Point{40, -100}, {-500, 0}, {-900, 250}, {-1500, 300}, {-2500, 400}}) {
            QTest::mouseClick(&view(), Qt::LeftButton, {}, beside(way.x, way.y));
        }
        keep("split");
        stepBack(3);
    }

    /// The earlier outline, taken around the tongue.
    void takeHere() {
        const geo::Point end = tongue();
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt({end.x, end.y + 250}, 1800);
        QTest::mouseClick(&view(), Qt::LeftButton, {}, at({end.x, end.y + 60}));
        rest();
        QTest::keyClick(&view(), Qt::Key_V, Qt::ShiftModifier);
        key(Qt::Key_Tab); // not the expert's, which it was started from
        for (const geo::Point way : {geo::Point{-520, 120},
                                     {-430, 420},
                                     {-60, 520},
                                     {380, 430},
                                     {480, 60},
                                     {240, -170},
                                     {-260, -180}}) {
            click({end.x + way.x, end.y + way.y});
        }
        keep("take-here");
        stepBack(3);
        view().setView(ui::viewport::Viewport::View::Oblique);
    }

    /// Beside the southern end of the ice, closed along it.
    void newGlacier() {
        constexpr double away = 150;
        const auto& ring = m_project.complex.front().outer;
        const auto south =
            std::min_element(ring.begin(), ring.end(), [](auto a, auto b) { return a.y < b.y; });
        const auto k = static_cast<std::size_t>(south - ring.begin());
        const std::size_t count = ring.size();
        constexpr std::size_t side = 2;
        const geo::Point from = ring[(k + count - side) % count];
        const geo::Point to = ring[(k + side) % count];
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt({south->x, south->y}, 1200);
        key(Qt::Key_G);
        for (const geo::Point point :
             {from, {from.x - away / 2, south->y - away}, {to.x + away / 2, south->y - away}, to}) {
            click(point);
        }
        keep("new-glacier");
        stepBack(3);
        view().setView(ui::viewport::Viewport::View::Oblique);
    }

    void join() {
        lookAt(m_project.dividesMiddle, 2500);
        selectWest();
        QTest::mouseClick(&view(), Qt::LeftButton, Qt::ShiftModifier, beside(150, 0));
        key(Qt::Key_J);
        keepWithMenu("join", QString());
        stepBack(2);
    }

    /// The view with the menu that is open over it, and what the item with these words, else the first that
    /// can be chosen, would do.
    void keepWithMenu(const char* name, const QString& words) {
        QTest::qWait(500);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (menu == nullptr) {
            std::fprintf(stderr, "%s: no menu is open.\n", name);
            return;
        }
        const auto actions = menu->actions();
        const auto meant = std::find_if(actions.begin(), actions.end(), [&](const QAction* action) {
            return action->isEnabled() && !action->isSeparator() &&
                   QString(action->text()).remove(QLatin1Char('&')).contains(words);
        });
        if (meant == actions.end()) {
            std::fprintf(stderr, "%s: the menu has no such item.\n", name);
        } else {
            QTest::mouseMove(menu, menu->actionGeometry(*meant).center());
            QTest::qWait(500);
            rest();
            QPixmap picture = view().grab();
            QPainter painter(&picture);
            painter.drawPixmap(view().mapFromGlobal(menu->mapToGlobal(QPoint())), menu->grab());
            painter.end();
            save(picture, name);
        }
        menu->close();
    }

    void turn(int notches) {
        const QPoint place = view().rect().center();
        for (int i = 0; i < std::abs(notches); ++i) {
            QWheelEvent wheel(place, view().mapToGlobal(place), {}, {0, notches > 0 ? 120 : -120},
                              Qt::NoButton, Qt::ShiftModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view(), &wheel);
        }
        rest();
    }

    /// The divide alone, for both whose line it is.
    void simplify() {
        lookAt(m_project.dividesMiddle, 2500);
        selectWest();
        lead({beside(-300, -500), beside(300, 500)}, Qt::ShiftModifier);
        give(beside(300, 500));
        QTest::keyClick(&view(), Qt::Key_E, Qt::ShiftModifier);
        turn(2);
        keep("simplify");
        stepBack(3);
    }

    void smooth() {
        lookAt(m_project.dividesMiddle, 3500);
        selectWest();
        key(Qt::Key_E);
        turn(4);
        keep("smooth");
        stepBack(2);
    }

    void buffer() {
        lookAt(m_project.dividesMiddle, 3500);
        selectWest();
        QTest::keyClick(&view(), Qt::Key_B, Qt::ShiftModifier);
        turn(7);
        keep("buffer");
        stepBack(2);
    }

    /// In the middle of the glacier that is nearest to the second part of the one with two.
    geo::Point beyondTwin() const {
        const auto project = project::Project::open(m_project.file, project::Access::ReadOnly);
        geo::Point nearest;
        double least = std::numeric_limits<double>::max();
        for (const auto& glacier : project->outlines("inventory").all()) {
            const geo::Point middle = glacier->extent().center();
            const double away = geo::distance(middle, m_project.twinsSecond);
            if (glacier->uuid != m_project.twin && geo::contains(glacier->geometry, middle) && away < least) {
                least = away;
                nearest = middle;
            }
        }
        return nearest;
    }

    /// The second part of a glacier, before another one gets it.
    void movePart() {
        const geo::Point second = m_project.twinsSecond;
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt(second, 1600);
        click(second);
        rest();
        QTest::keyClick(&view(), Qt::Key_M, Qt::ShiftModifier);
        click(second);
        const geo::Point taker = beyondTwin();
        moveHeld(view(), at(taker) + QPoint(1, 1), Qt::NoButton);
        moveHeld(view(), at(taker), Qt::NoButton);
        keep("move-part");
        stepBack(3);
        view().setView(ui::viewport::Viewport::View::Oblique);
    }

    /// What the menu of a part offers, and what would come of it.
    void explode() {
        const geo::Point second = m_project.twinsSecond;
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt({second.x + 450, second.y - 250}, 1600); // so that the menu has room beside the glacier
        click(second);
        rest();
        QTest::mouseClick(&view(), Qt::RightButton, {}, at(second));
        keepWithMenu("explode", QStringLiteral("glacier of its own"));
        stepBack(2);
    }

    void collect() {
        lookAt(m_project.twinsSecond, 1600);
        click(m_project.twinsSecond);
        rest();
        QTest::mouseClick(&view(), Qt::LeftButton, Qt::ShiftModifier, at(beyondTwin()));
        rest();
        key(Qt::Key_Y);
        keepWithMenu("collect", QString());
        stepBack(2);
        view().setView(ui::viewport::Viewport::View::Oblique);
    }

    void divides() {
        lookAt(m_project.dividesMiddle, 5000);
        selectWest();
        QTest::keyClick(&view(), Qt::Key_I, Qt::ShiftModifier);
        rest();
        auto* which = m_window->findChild<QComboBox*>(QStringLiteral("divideWhich"));
        which->setCurrentIndex(which->count() - 1); // all of them: the largest two of the demo have no ridge
        Q_EMIT which->activated(which->currentIndex());
        m_window->findChild<QDoubleSpinBox*>(QStringLiteral("divideSaddle"))->setValue(20);
        rest();
        auto* list = m_window->findChild<QTreeWidget*>(QStringLiteral("divisions"));
        if (list == nullptr || list->topLevelItemCount() == 0 || list->topLevelItem(0)->childCount() == 0) {
            std::fprintf(stderr, "Nothing is divided.\n");
            return;
        }
        const QRect row = list->visualItemRect(list->topLevelItem(0)->child(0));
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, row.center()); // which flies there
        rest();
        save(m_window->grab(), "divides");
        QTest::mouseClick(m_window->findChild<QPushButton*>(QStringLiteral("divideCancel")), Qt::LeftButton);
        rest();
    }

    /// What is said of two glaciers, where they differ and where a value is none.
    void attributes() {
        lookAt(m_project.dividesMiddle, 3500);
        selectWest();
        QTest::mouseClick(&view(), Qt::LeftButton, Qt::ShiftModifier, beside(150, 0));
        rest();
        auto* share = m_window->findChild<QLineEdit*>(QStringLiteral("attribute_debris_pct"));
        for (auto* parent = share->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(parent)) {
                area->ensureWidgetVisible(share, 0, area->height() / 2);
            }
        }
        QTest::mouseClick(share, Qt::LeftButton);
        QTest::keyClicks(share, QStringLiteral("120"));
        QTest::keyClick(share, Qt::Key_Return);
        rest();
        save(m_window->grab(), "attributes");
        QTest::keyClick(share, Qt::Key_Escape);
        stepBack(2);
    }

    /// What a glacier would become again.
    void revert() {
        lookAt(m_project.dividesMiddle, 2500);
        selectWest();
        lead({beside(0, 0), beside(160, 60)});
        give(beside(160, 60));
        rest();
        choose("revertGlacier");
        keepWithMenu("revert", QString());
        QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
        stepBack(2);
    }

    void bringTogether() {
        m_window->action("bringTogether")->trigger();
        rest([] { return QApplication::activeWindow() != nullptr; });
        for (auto* dialog : m_window->findChildren<QDialog*>()) {
            if (dialog->isVisible()) {
                save(dialog->grab(), "bring-together");
                dialog->close();
            }
        }
    }

    void findings() {
        key(Qt::Key_F9);
        rest();
        save(m_window->grab(), "check");
    }

    /// What somebody else does to a copy of the project.
    void giveCopyTo(const char* name) {
        m_theirs = std::filesystem::path(m_project.file).parent_path() / "pictures-theo.gpkg";
        std::filesystem::copy_file(m_project.file, m_theirs);
        const auto project = project::Project::open(m_theirs);
        project->setAnalyst(name);
        const auto inventory = project->inventories().front().name;
        const auto edit = [&](const std::string& uuid, const char* what, const auto& change) {
            const auto before = project->outlines(inventory).find(uuid);
            outlines::Outline after = *before;
            change(after);
            project->commit({what, {{inventory, before, outlines::share(std::move(after))}}, {}, "vertex"});
        };
        edit(m_project.west, "Move vertices", [](outlines::Outline& outline) {
            const auto middle = outlines::share(outlines::Outline(outline))->extent().center();
            for (auto& point : outline.geometry[0].outer) {
                point.x -= point.x < middle.x ? 90 : 0;
            }
        });
        edit(m_project.west, "Doubtful", [](outlines::Outline& outline) {
            outline.review = outlines::Review::Doubtful;
            outline.reviewRecord.note = "shadow in the west";
        });
        edit(m_project.east, "Accept",
             [](outlines::Outline& outline) { outline.review = outlines::Review::Accepted; });
    }

    void joinWork() {
        stepBack(2);
        lookAt(m_project.dividesMiddle, 900);
        selectWest();
        lead({beside(0, 0), beside(60, 20)});
        give(beside(60, 20));
        rest();
        QTest::keyClick(m_window.get(), Qt::Key_J, Qt::ControlModifier);
        rest([] { return QApplication::activeModalWidget() != nullptr; });
        auto* name = QApplication::activeModalWidget()->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        name->setText(QString::fromStdString(m_theirs.string()));
        QTest::keyClick(name, Qt::Key_Return);
        const auto find = [&] { return m_window->findChild<QDialog*>(QStringLiteral("joinDialog")); };
        rest([&] {
            return find() != nullptr &&
                   find()->findChild<QTreeWidget*>(QStringLiteral("joinConflicts"))->topLevelItemCount() > 0;
        });
        QTest::mouseClick(find()->findChild<QPushButton*>(QStringLiteral("joinAllNewer")), Qt::LeftButton);
        rest();
        save(find()->grab(), "join-work");
        find()->close();
    }

    /// The demo as a newcomer finds it, with the first glacier of its queue beside the expert's outline.
    void queue() {
        m_window->openProject(std::filesystem::path(m_project.file).parent_path() / "demo.gpkg");
        rest([&] { return m_window->windowTitle().startsWith(QLatin1String("demo")) && view().terrain(); });
        takeKeys();
        key(Qt::Key_R);
        rest();
        QTest::mouseClick(m_window->findChild<QToolButton*>(QStringLiteral("besideExpert")), Qt::LeftButton);
        const auto* numbers = m_window->findChild<QLabel*>(QStringLiteral("besideNumbers"));
        rest([&] { return numbers->isVisible(); });
        save(m_window->grab(), "review");
        choose("acceptSure");
        rest([&] { return m_window->findChild<QDialog*>(QStringLiteral("acceptDialog")) != nullptr; });
        auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("acceptDialog"));
        save(dialog->grab(), "accept-sure");
        dialog->close();
    }

    /// From click to click along the ice of the demo's first glacier, with bands in which its edge is clear.
    void liveWire() {
        auto* beside = m_window->findChild<QToolButton*>(QStringLiteral("besideExpert"));
        if (beside->isChecked()) {
            QTest::mouseClick(beside, Qt::LeftButton);
        }
        takeKeys();
        view().setView(ui::viewport::Viewport::View::Nadir);
        lookAt({616950, 5180600}, 3000);
        click({616800, 5180700});
        rest();
        key(Qt::Key_3);
        QTest::keyClick(&view(), Qt::Key_G, Qt::ShiftModifier);
        const std::vector<geo::Point> edge{
            {616732, 5181439}, {617288, 5180901}, {617504, 5180623}, {616763, 5180037}};
        QTest::mouseMove(&view(), at(edge.front()));
        rest();
        QTest::qWait(2000); // its edges are read
        for (std::size_t i = 0; i + 1 < edge.size(); ++i) {
            click(edge[i]);
            QTest::qWait(QApplication::doubleClickInterval() + 100);
        }
        for (int i = 0; i < 20; ++i) {
            moveHeld(view(), at(edge.back()), Qt::NoButton);
            QTest::qWait(50);
        }
        keep("live-wire");
        stepBack(3);
    }

    QString m_folder;
    PictureProject m_project;
    std::filesystem::path m_theirs; ///< a copy of it that somebody else has worked on
    QTemporaryDir m_settings;
    std::unique_ptr<ui::window::MainWindow> m_window;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "editing_pictures: name the folder that the pictures go into.\n");
        return 1;
    }
    try {
        ui::viewport::setDefaultSurfaceFormat();
        QApplication application(argc, argv);
        ui::window::applyAppearance(application);
        raster::initialiseGdal();
        const QTemporaryDir folder;
        const auto project = makePictureProject(folder.path().toStdString());
        Pictures(QString::fromLocal8Bit(argv[1]), project).take();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "editing_pictures: %s\n", error.what());
        return 1;
    }
}
