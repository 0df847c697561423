// SPDX-License-Identifier: GPL-3.0-or-later
// Several experts: others' work is joined in the window, a project that somebody else has is looked at and
// taken over, and what another program did is told.
#include "core/project/other_program.h"
#include "inventory_fixture.h"

#include "project/project_split.h"
#include "ui/team/join_dialog.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QStatusBar>

#include <utility>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Access;
using project::Project;
using ui::team::JoinDialog;
using ui::window::MainWindow;

namespace {

outlines::OutlineHandle named(const Project& project, const std::string& name) {
    for (const auto& outline : project.outlines("inventory").all()) {
        if (outline->name == name) {
            return outline;
        }
    }
    return nullptr;
}

void change(Project& project, const std::string& name, const std::string& description,
            const std::function<void(outlines::Outline&)>& how) {
    const auto before = named(project, name);
    outlines::Outline after = *before;
    how(after);
    project.commit({description, {{"inventory", before, outlines::share(std::move(after))}}, {}, "test"});
}

void draw(Project& project, geo::Point middle, double radius) {
    change(project, "Big Glacier", "Redraw Big Glacier", [&](outlines::Outline& outline) {
        outline.geometry = WindowFixture::outline({}, middle, radius).geometry;
    });
}

double areaOf(const std::string& file, const std::string& name) {
    const auto project = Project::open(file, Access::ReadOnly);
    return named(*project, name)->area();
}

JoinDialog* joinDialog(MainWindow& window) {
    auto* dialog = window.findChild<JoinDialog*>();
    return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
}

QString wordsOf(MainWindow& window, const char* label) {
    auto* dialog = joinDialog(window);
    const auto* found = dialog != nullptr ? part<QLabel>(dialog, label) : nullptr;
    return found != nullptr && found->isVisible() ? found->text() : QString();
}

QPushButton* button(MainWindow& window, const char* name) {
    return part<QPushButton>(joinDialog(window), name);
}

void press(MainWindow& window, const char* name) {
    QTest::mouseClick(button(window, name), Qt::LeftButton);
}

/// Files as somebody types them into the system's question, with the key of the menu or a button before.
void typeFiles(const QStringList& files) {
    QTRY_VERIFY(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()));
    auto* name = QApplication::activeModalWidget()->findChild<QLineEdit*>("fileNameEdit");
    name->setText("\"" + files.join("\" \"") + "\"");
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
}

void openJoin(MainWindow& window, const QStringList& files) {
    QTest::keyClick(&window, Qt::Key_J, Qt::ControlModifier);
    typeFiles(files);
    QTRY_VERIFY(joinDialog(window) != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(!wordsOf(window, "joinSummary").isEmpty(), 20000);
}

QTreeWidget* conflicts(MainWindow& window) {
    return part<QTreeWidget>(joinDialog(window), "joinConflicts");
}

/// The box in a column of a row, with the mouse.
void tick(MainWindow& window, int row, int column) {
    auto* tree = conflicts(window);
    auto* item = tree->topLevelItem(row);
    const auto before = item->checkState(column);
    tree->scrollToItem(item);
    const QRect cell = tree->visualRect(tree->model()->index(row, column));
    for (int x = cell.left() + 3; x < cell.left() + 40 && item->checkState(column) == before; x += 4) {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, QPoint(x, cell.center().y()));
    }
    QVERIFY(item->checkState(column) != before);
}

void clickName(MainWindow& window, int row) {
    auto* tree = conflicts(window);
    const QRect cell = tree->visualRect(tree->model()->index(row, 0));
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, cell.center());
}

QStringList historyRows(MainWindow& window) {
    QStringList rows;
    const auto* list = window.findChild<QListWidget*>("history");
    for (int row = 0; row < list->count(); ++row) {
        rows << list->item(row)->text();
    }
    return rows;
}

} // namespace

class WindowTeamTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// One's project and a copy that another one was given.
    std::pair<std::string, std::string> twoCopies() const {
        const QByteArray name = QTest::currentTestFunction();
        const auto mine = m_fixture.makeInventory((name + ".gpkg").constData());
        const auto theirs = m_fixture.path((name + "_theo.gpkg").constData());
        std::filesystem::copy_file(mine, theirs);
        return {mine, theirs};
    }
    /// Anna draws Big Glacier, Theo does, too, and accepts the small one.
    std::pair<std::string, std::string> bothDrewBig() const {
        const auto files = twoCopies();
        {
            const auto project = Project::open(files.first);
            project->setAnalyst("Anna");
            draw(*project, m_fixture.big(), 700);
        }
        QTest::qSleep(1100); // the history counts seconds
        const auto project = Project::open(files.second);
        project->setAnalyst("Theo");
        draw(*project, m_fixture.big(), 900);
        change(*project, "Small Glacier", "Accept Small Glacier",
               [](outlines::Outline& outline) { outline.review = Review::Accepted; });
        return files;
    }

private Q_SLOTS:
    void whatTwoChangedIsShownSideBySideAndWhatIsTickedIsTakenAsOneStep() {
        const auto [mine, theirs] = bothDrewBig();
        const double before = areaOf(mine, "Big Glacier");
        const double wanted = areaOf(theirs, "Big Glacier");
        const auto window = m_fixture.openWindow(mine);
        QVERIFY(window);
        const auto steps = historyRows(*window).size();
        openJoin(*window, {QString::fromStdString(theirs)});
        const QString summary = wordsOf(*window, "joinSummary");
        QVERIFY2(summary.contains("1 glacier changed, 0 new, 0 removed"), qPrintable(summary));
        auto* tree = conflicts(*window);
        QCOMPARE(tree->topLevelItemCount(), 1);
        auto* row = tree->topLevelItem(0);
        QCOMPARE(row->text(0), QString("Big Glacier"));
        QVERIFY2(row->text(1).contains("Anna"), qPrintable(row->text(1)));
        QVERIFY2(row->text(2).contains("Theo") && row->text(2).contains("theo"), qPrintable(row->text(2)));
        QCOMPARE(row->child(0)->text(0), QString("Outline"));
        QVERIFY2(row->child(0)->text(1).contains("km²") && row->child(0)->text(1) != row->child(0)->text(2),
                 qPrintable(row->child(0)->text(1)));
        QVERIFY2(wordsOf(*window, "joinLeft").contains("Tick whose"),
                 qPrintable(wordsOf(*window, "joinLeft")));
        QVERIFY(!button(*window, "joinDo")->isEnabled());
        picture(*joinDialog(*window), "join_undecided");
        tick(*window, 0, 1);
        QVERIFY(button(*window, "joinDo")->isEnabled());
        tick(*window, 0, 2); // the other one then
        QCOMPARE(row->checkState(1), Qt::Unchecked);
        tick(*window, 0, 2); // neither
        QVERIFY(!button(*window, "joinDo")->isEnabled());
        tick(*window, 0, 2);
        picture(*joinDialog(*window), "join_decided");
        press(*window, "joinDo");
        QTRY_VERIFY_WITH_TIMEOUT(joinDialog(*window) == nullptr && idle(*window), 20000);
        QVERIFY2(toast(*window).startsWith("Joined: 2 glaciers changed"), qPrintable(toast(*window)));
        QCOMPARE(historyRows(*window).size(), steps + 1);
        QVERIFY(historyRows(*window).front().startsWith("Merge "));
        const QString what = window->findChild<QListWidget*>("history")->item(0)->toolTip();
        QVERIFY2(what.contains("Redraw Big Glacier") && what.contains("Theo"), qPrintable(what));
        picture(*window, "joined");
        QVERIFY(closed(*window));
        QCOMPARE(areaOf(mine, "Big Glacier"), wanted);
        {
            const auto project = Project::open(mine, Access::ReadOnly);
            QVERIFY(named(*project, "Small Glacier")->review == Review::Accepted);
            QVERIFY(project->hasLayer("not_taken")); // what was decided against
        }
        const auto again = m_fixture.openWindow(mine);
        QVERIFY(again);
        undo(*again);
        QTRY_VERIFY(openDialog("question")); // it is more than one edit
        QVERIFY(answer("Take it back"));
        QTRY_VERIFY(historyRows(*again).front().startsWith("Undo: Merge"));
        QVERIFY(closed(*again));
        QCOMPARE(areaOf(mine, "Big Glacier"), before);
    }

    void aGlaciersNameLeadsThereAndOneButtonDecidesForAll() {
        const auto [mine, theirs] = bothDrewBig();
        const double wanted = areaOf(mine, "Big Glacier");
        const auto window = m_fixture.openWindow(mine);
        QVERIFY(window);
        openJoin(*window, {QString::fromStdString(theirs)});
        clickName(*window, 0);
        QVERIFY(window->viewport()->isFlying());
        QCOMPARE(part<QLabel>(window.get(), "glacierName")->text(), QString("Big Glacier"));
        press(*window, "joinAllNewer");
        QCOMPARE(conflicts(*window)->topLevelItem(0)->checkState(2), Qt::Checked); // Theo was last
        press(*window, "joinAllTheirs");
        QCOMPARE(conflicts(*window)->topLevelItem(0)->checkState(2), Qt::Checked);
        press(*window, "joinAllMine");
        QCOMPARE(conflicts(*window)->topLevelItem(0)->checkState(1), Qt::Checked);
        QCOMPARE(conflicts(*window)->topLevelItem(0)->checkState(2), Qt::Unchecked);
        press(*window, "joinDo");
        QTRY_VERIFY_WITH_TIMEOUT(joinDialog(*window) == nullptr && idle(*window), 20000);
        // What was decided is not asked again.
        openJoin(*window, {QString::fromStdString(theirs)});
        QVERIFY2(wordsOf(*window, "joinSummary").contains("nothing new"),
                 qPrintable(wordsOf(*window, "joinSummary")));
        QVERIFY(!button(*window, "joinDo")->isEnabled());
        QVERIFY(closed(*window));
        QCOMPARE(areaOf(mine, "Big Glacier"), wanted);
    }

    void partsOfSeveralAreJoinedAtOnceAndOneCanBeLeftOut() {
        const auto [mine, unused] = twoCopies();
        const auto folder = std::filesystem::path(mine).parent_path() / "parts";
        std::filesystem::create_directory(folder);
        QStringList parts;
        {
            const auto project = Project::open(mine, Access::ReadOnly);
            const auto split = project::planSplit(*project, "inventory",
                                                  {{"west", {named(*project, "Big Glacier")->uuid}},
                                                   {"east", {named(*project, "Small Glacier")->uuid}}},
                                                  folder)({});
            for (const auto& part : split.parts) {
                parts << QString::fromStdString(part.file.string());
            }
        }
        draw(*Project::open(parts[0].toStdString()), m_fixture.big(), 700);
        change(*Project::open(parts[1].toStdString()), "Small Glacier", "Accept Small Glacier",
               [](outlines::Outline& outline) { outline.review = Review::Accepted; });
        const auto window = m_fixture.openWindow(mine);
        QVERIFY(window);
        openJoin(*window, {parts[0]});
        QVERIFY(wordsOf(*window, "joinSummary").contains("1 glacier changed"));
        QTest::mouseClick(button(*window, "joinAdd"), Qt::LeftButton);
        typeFiles({parts[1]});
        QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*window, "joinSummary").contains("2 glaciers changed"), 20000);
        QVERIFY(!conflicts(*window)->isVisible());
        picture(*joinDialog(*window), "join_parts");
        auto* files = part<QListWidget>(joinDialog(*window), "joinFiles");
        QCOMPARE(files->count(), 2);
        QTest::mouseClick(files->viewport(), Qt::LeftButton, {},
                          files->visualItemRect(files->item(0)).center());
        press(*window, "joinRemove");
        QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*window, "joinSummary").contains("1 glacier changed"), 20000);
        press(*window, "joinDo");
        QTRY_VERIFY_WITH_TIMEOUT(joinDialog(*window) == nullptr && idle(*window), 20000);
        QVERIFY(closed(*window));
        const auto project = Project::open(mine, Access::ReadOnly);
        QVERIFY(named(*project, "Small Glacier")->review == Review::Accepted);
        QVERIFY(!named(*project, "Big Glacier")->isChanged);
    }

    void whatCannotBeJoinedIsSaidAndNothingChanges() {
        const auto [mine, theirs] = twoCopies();
        const auto window = m_fixture.openWindow(mine);
        QVERIFY(window);
        const auto steps = historyRows(*window).size();
        openJoin(*window, {QString::fromStdString(mine)});
        QVERIFY2(wordsOf(*window, "joinSummary").contains("is the project itself"),
                 qPrintable(wordsOf(*window, "joinSummary")));
        QVERIFY(!button(*window, "joinDo")->isEnabled());
        const QString noise = m_fixture.qpath("noise.gpkg");
        QFile file(noise);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no project at all") > 0);
        file.close();
        openJoin(*window, {noise});
        QTRY_VERIFY2(wordsOf(*window, "joinSummary").contains("noise.gpkg"),
                     qPrintable(wordsOf(*window, "joinSummary")));
        picture(*joinDialog(*window), "join_problem");
        QTest::keyClick(joinDialog(*window), Qt::Key_Escape);
        QTRY_VERIFY(joinDialog(*window) == nullptr);
        QCOMPARE(historyRows(*window).size(), steps);
    }

    void whatIsDoneWhileTheDialogIsOpenIsReckonedWith() {
        const auto [mine, theirs] = bothDrewBig();
        const auto window = m_fixture.openWindow(mine);
        QVERIFY(window);
        openJoin(*window, {QString::fromStdString(theirs)});
        press(*window, "joinAllTheirs");
        // Small Glacier, which only Theo had judged, is judged here meanwhile, otherwise.
        clickAt(*window, m_fixture.small());
        QTest::keyClick(window->viewport(), Qt::Key_D);
        QTRY_VERIFY2(historyRows(*window).front().contains("Small Glacier"),
                     qPrintable(historyRows(*window).front()));
        press(*window, "joinDo");
        QTRY_VERIFY_WITH_TIMEOUT(
            joinDialog(*window) != nullptr && conflicts(*window)->topLevelItemCount() == 2, 20000);
        QVERIFY(!button(*window, "joinDo")->isEnabled());
        QVERIFY2(wordsOf(*window, "joinLeft").contains("1 to go"), qPrintable(wordsOf(*window, "joinLeft")));
        picture(*joinDialog(*window), "join_two");
        press(*window, "joinAllMine");
        press(*window, "joinDo");
        QTRY_VERIFY_WITH_TIMEOUT(joinDialog(*window) == nullptr && idle(*window), 20000);
        QVERIFY(closed(*window));
        const auto project = Project::open(mine, Access::ReadOnly);
        QVERIFY(named(*project, "Small Glacier")->review == Review::Doubtful);
    }

    void whoHasAProjectIsToldAndItIsTakenOverWhenThatOneIsGone() {
        const auto file = m_fixture.makeInventory("shared.gpkg");
        auto holder = Project::open(file);
        draw(*holder, m_fixture.big(), 700);
        holder->flush();
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY(openDialog("question"));
        QVERIFY2(question().contains("already open for writing in Nunatak by") &&
                     question().contains(QSysInfo::machineHostName()) && question().contains("since"),
                 qPrintable(question()));
        picture(*openDialog("question"), "open_elsewhere");
        QVERIFY(answer("Open read-only"));
        QTRY_VERIFY(window->isIdle() && window->viewport()->terrain());
        QVERIFY(window->windowTitle().contains("read-only"));
        auto* saving = part<QLabel>(window.get(), "saving");
        QCOMPARE(saving->text(), QString("Read-only"));
        QVERIFY2(saving->toolTip().contains(QSysInfo::machineHostName()), qPrintable(saving->toolTip()));
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QTest::keyClick(window.get(), Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(openDialog("problem")); // nothing is joined into what is only read
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
        holder->close();
        holder.reset();
        QTRY_VERIFY_WITH_TIMEOUT(question().contains("not open elsewhere any more"), 10000);
        picture(*openDialog("question"), "open_free");
        QVERIFY(answer("Open for writing"));
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && !window->windowTitle().contains("read-only"), 20000);
        QVERIFY(closed(*window));
    }

    void whatAnotherProgramDidIsToldOnOpeningAndStandsInTheHistory() {
        const auto file = m_fixture.makeInventory("qgis.gpkg");
        sql(file, "UPDATE inventory SET name = 'Grand Glacier' WHERE name = 'Big Glacier'");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        QTRY_VERIFY(openDialog("note"));
        const auto* note = qobject_cast<QMessageBox*>(openDialog("note"));
        QVERIFY2(note->text().contains("Another program changed 1 outline (Grand Glacier) of Inventory 2019"),
                 qPrintable(note->text()));
        picture(*openDialog("note"), "qgis_note");
        QTest::keyClick(openDialog("note"), Qt::Key_Return);
        QVERIFY2(historyRows(*window).front().startsWith("Another program changed 1 outline"),
                 qPrintable(historyRows(*window).join("; ")));
        QVERIFY(closed(*window));
        // Told once.
        const auto again = m_fixture.openWindow(file);
        QVERIFY(again);
        QVERIFY(openDialog("note") == nullptr);
        QCOMPARE(historyRows(*again).filter("Another program").size(), 1);
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowTeamTest)
#include "window_team_test.moc"
