// SPDX-License-Identifier: GPL-3.0-or-later
// A project's file as a whole, in the window: it is copied, compacted, looked through, recovered, and shared
// out among experts.
#include "inventory_fixture.h"

#include "ui/team/share_map.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableWidget>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;
using ui::window::MainWindow;

namespace {

/// What the report says that is open now.
QString reported(const char* name = nullptr) {
    QStringList words;
    if (auto* dialog = openDialog("reportDialog")) {
        for (const auto* label : dialog->findChildren<QLabel*>()) {
            if (name == nullptr || label->objectName() == QLatin1String(name)) {
                words << label->text();
            }
        }
    }
    return words.join('\n');
}

void goOn() {
    QTest::mouseClick(part<QPushButton>(openDialog("reportDialog"), "reportGoOn"), Qt::LeftButton);
}

/// Types a path into the question for files that is open; returns the folder that it began in.
QString typeFile(const QString& path) {
    auto* dialog = qobject_cast<QFileDialog*>(openDialog());
    const QString began = dialog->directory().absolutePath();
    auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    return began;
}

bool asksForFiles() {
    return QTest::qWaitFor([] { return qobject_cast<QFileDialog*>(openDialog()) != nullptr; }, 5000);
}

void keys(MainWindow& window, Qt::Key key,
          Qt::KeyboardModifiers with = Qt::ControlModifier | Qt::ShiftModifier) {
    window.activateWindow(); // without a window manager it stays behind a dialog that was closed
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, key, with);
}

/// Overwrites the page on which the inventory's outlines begin.
void damage(const std::string& file) {
    const int page = SQLite::Database(file)
                         .execAndGet("SELECT rootpage FROM sqlite_master WHERE name = 'inventory'")
                         .getInt();
    constexpr int pageSize = 4096;
    QFile opened(QString::fromStdString(file));
    QVERIFY(opened.open(QIODevice::ReadWrite) && opened.seek((page - 1) * pageSize));
    opened.write(QByteArray(pageSize, '\xA5'));
}

} // namespace

class WindowCareTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void aCopyIsSavedWhileOneWorksAndSaysWhatItHas() {
        const auto file = m_fixture.makeInventory("copied.gpkg");
        {
            const auto project = Project::open(file);
            const auto folder = QString::fromStdString(project->filesFolder().string());
            QFile raster(folder + "/confidence_valley_bright-v1-12345678.tif");
            QVERIFY(raster.open(QIODevice::WriteOnly) && raster.write("raster") == 6);
            QVERIFY(QDir(folder).mkdir("overviews"));
        }
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        keys(*window, Qt::Key_S);
        QVERIFY(asksForFiles());
        auto* name = openDialog()->findChild<QLineEdit*>("fileNameEdit");
        QCOMPARE(name->text(), QString("copied-copy.gpkg"));
        const QString copy = m_fixture.qpath("monday.gpkg");
        QCOMPARE(typeFile("monday"), QFileInfo(copy).absolutePath());
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("reportDialog"), 20000);
        picture(*openDialog("reportDialog"), "care_copy");
        QVERIFY2(reported().contains("Saved a copy as monday.gpkg") &&
                     reported().contains("2 layers with 4 outlines") &&
                     reported().contains("rasters of predictions (1 file") &&
                     reported().contains("monday.files"),
                 qPrintable(reported()));
        {
            const auto copied = Project::open(copy.toStdString(), Access::ReadOnly);
            QCOMPARE(copied->reviewCount("inventory").accepted, 1); // what was done just before, too
        }
        QVERIFY(QFile::exists(m_fixture.qpath("monday.files/confidence_valley_bright-v1-12345678.tif")));
        QVERIFY(!QFile::exists(m_fixture.qpath("monday.files/overviews")));
        goOn();
        QTRY_VERIFY_WITH_TIMEOUT(window->windowTitle().startsWith("monday") && window->isIdle(), 20000);
        // Nothing is ever replaced.
        keys(*window, Qt::Key_S);
        QVERIFY(asksForFiles());
        typeFile("copied");
        QTRY_VERIFY(openDialog("problem"));
        QVERIFY(qobject_cast<QMessageBox*>(openDialog())->text().contains("exists already"));
        QTest::keyClick(openDialog(), Qt::Key_Return);
        QVERIFY(closed(*window));
    }

    void whatIsSoundIsSaidToBeSoundWithWhatWasLookedAt() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("sound.gpkg"));
        QVERIFY(window);
        keys(*window, Qt::Key_K);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("reportDialog"), 20000);
        picture(*openDialog("reportDialog"), "care_check");
        QCOMPARE(reported("reportHeadline"), QString("Nothing is wrong with sound.gpkg."));
        QVERIFY2(reported("reportFooter").contains("2 layers with 4 outlines"), qPrintable(reported()));
        QVERIFY(part<QPushButton>(openDialog(), "reportGoOn") == nullptr);
        QTest::keyClick(openDialog(), Qt::Key_Return);
        QTRY_VERIFY(!openDialog());
        QVERIFY(closed(*window));
    }

    void compactingOpensTheProjectAgainAsItWas() {
        const auto file = m_fixture.makeInventory("compact.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        clickAt(*window, m_fixture.big());
        QTest::keyClick(window->viewport(), Qt::Key_A);
        const auto* undo = window->action("undo");
        QTRY_VERIFY(undo->text().contains("Accept Big Glacier"));
        keys(*window, Qt::Key_M);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("note"), 20000);
        const auto said = qobject_cast<QMessageBox*>(openDialog())->text();
        QVERIFY2(said.startsWith("compact.gpkg takes") && said.contains("iB"), qPrintable(said));
        picture(*openDialog(), "care_compact");
        QTest::keyClick(openDialog(), Qt::Key_Return);
        QVERIFY(idle(*window));
        QVERIFY(window->windowTitle().startsWith("compact"));
        QTRY_VERIFY(undo->isEnabled() && undo->text().contains("Accept Big Glacier"));
        QVERIFY(closed(*window));
    }

    void aDamagedProjectIsOfferedToBeRecoveredWhereItCannotBeOpened() {
        const auto file = m_fixture.makeInventory("broken.gpkg");
        damage(file);
        const QByteArray bytes = [&] {
            QFile opened(QString::fromStdString(file));
            return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
        }();
        const auto window = m_fixture.newWindow();
        QVERIFY(window);
        window->openProject(file);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("question"), 20000);
        auto* question = qobject_cast<QMessageBox*>(openDialog("question"));
        QVERIFY2(question->text().contains("is damaged"), qPrintable(question->text()));
        QVERIFY(question->informativeText().contains("broken-recovered.gpkg"));
        picture(*question, "care_damaged");
        for (auto* button : question->buttons()) {
            if (button->text() == QLatin1String("Recover what can be read")) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("reportDialog"), 20000);
        picture(*openDialog(), "care_recovered");
        QVERIFY2(reported().contains("What can be read of broken.gpkg is in broken-recovered.gpkg"),
                 qPrintable(reported()));
        goOn();
        QTRY_VERIFY_WITH_TIMEOUT(window->windowTitle().startsWith("broken-recovered"), 20000);
        QFile opened(QString::fromStdString(file));
        QVERIFY(opened.open(QIODevice::ReadOnly));
        QCOMPARE(opened.readAll(), bytes);
        QTRY_VERIFY(idle(*window));
        if (openDialog() != nullptr) { // what is to be said of the new one
            QTest::keyClick(openDialog(), Qt::Key_Return);
        }
        QVERIFY(closed(*window));
    }

    void aProjectThatIsOpenIsNotRecoveredAndADamagedOneIsAskedFor() {
        const auto file = m_fixture.makeInventory("open_here.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        keys(*window, Qt::Key_R);
        QVERIFY(asksForFiles());
        QCOMPARE(typeFile(QString::fromStdString(file)),
                 QFileInfo(QString::fromStdString(file)).absolutePath());
        QTRY_VERIFY(openDialog("problem"));
        QVERIFY(qobject_cast<QMessageBox*>(openDialog())->text().contains("is open here"));
        QTest::keyClick(openDialog(), Qt::Key_Return);
        const auto other = m_fixture.makeInventory("other.gpkg");
        keys(*window, Qt::Key_R);
        QVERIFY(asksForFiles());
        typeFile(QString::fromStdString(other));
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("reportDialog"), 20000);
        QVERIFY2(reported().contains("2 outlines read, and nothing in the file speaks of more") &&
                     reported().contains("Nothing is known to be missing"),
                 qPrintable(reported()));
        QTest::keyClick(openDialog(), Qt::Key_Escape);
        QVERIFY(closed(*window));
    }

    void aProjectIsSharedOutAmongExpertsWhoAreNamed() {
        const auto file = m_fixture.makeInventory("team.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        keys(*window, Qt::Key_J);
        QTRY_VERIFY(openDialog("splitDialog"));
        auto* dialog = openDialog("splitDialog");
        auto* table = part<QTableWidget>(dialog, "splitParts");
        auto* split = part<QPushButton>(dialog, "splitDo");
        QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 2, 10000);
        QCOMPARE(table->item(0, 1)->text(), QString("1"));
        QCOMPARE(part<QSpinBox>(dialog, "splitCount")->maximum(), 2); // as many as glaciers
        QVERIFY(split->isEnabled());
        const auto* state = part<QLabel>(dialog, "splitState");
        QVERIFY2(state->text().contains("team-1.gpkg"), qPrintable(state->text()));
        const QImage map = part<ui::team::ShareMap>(dialog, "shareMap")->grab().toImage();
        int colours = 0;
        for (const std::size_t i : {0, 1}) {
            for (int x = 0, found = 0; x < map.width() && found == 0; ++x) {
                for (int y = 0; y < map.height() && found == 0; ++y) {
                    const QColor seen = map.pixelColor(x, y);
                    const QColor wanted = ui::team::partColor(i);
                    found = std::abs(seen.hue() - wanted.hue()) < 12 && seen.saturation() > 120 ? 1 : 0;
                }
                colours += found;
            }
        }
        QCOMPARE(colours, 2); // both are on the map
        const auto name = [&](int row, const QString& who) {
            const auto place = table->visualItemRect(table->item(row, 0)).center();
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
            QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
            auto* editor = table->findChild<QLineEdit*>();
            QVERIFY(editor != nullptr);
            QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(editor, who);
            QTest::keyClick(editor, Qt::Key_Return);
            QTRY_VERIFY(table->findChild<QLineEdit*>() == nullptr);
        };
        name(0, "Theo");
        name(1, "Theo");
        QVERIFY(!split->isEnabled()); // all of it would be one expert's
        QVERIFY(QDir().mkdir(m_fixture.qpath("team-Eve.gpkg")));
        name(1, "Eve");
        QVERIFY(!split->isEnabled());
        QVERIFY2(state->text().contains("team-Eve.gpkg"), qPrintable(state->text()));
        QVERIFY(QDir().rmdir(m_fixture.qpath("team-Eve.gpkg")));
        name(1, "Ada");
        QVERIFY(split->isEnabled());
        picture(*dialog, "care_split");
        // What was typed is there still when nothing comes of it.
        QVERIFY(QDir().mkdir(m_fixture.qpath("team-Ada.gpkg")));
        QTest::mouseClick(split, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("problem"), 20000);
        QTest::keyClick(openDialog("problem"), Qt::Key_Return);
        QTRY_VERIFY(openDialog("problem") == nullptr);
        QTRY_VERIFY(openDialog("splitDialog") == dialog);
        QCOMPARE(table->item(1, 0)->text(), QString("Ada"));
        QVERIFY(QDir().rmdir(m_fixture.qpath("team-Ada.gpkg")));
        QTest::mouseClick(split, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(openDialog("reportDialog"), 20000);
        picture(*openDialog(), "care_split_done");
        QVERIFY2(reported().contains("2 projects are made") && reported().contains("team-Theo.gpkg") &&
                     reported().contains("team-Ada.gpkg") && reported().contains("Ctrl+J"),
                 qPrintable(reported()));
        QTest::keyClick(openDialog(), Qt::Key_Escape);
        QCOMPARE(stored(m_fixture.path("team-Theo.gpkg"), "inventory").size(), std::size_t{1});
        QCOMPARE(stored(m_fixture.path("team-Ada.gpkg"), "inventory").size(), std::size_t{1});
        // They are brought back where they lie.
        keys(*window, Qt::Key_J, Qt::ControlModifier);
        QVERIFY(asksForFiles());
        QCOMPARE(typeFile(m_fixture.qpath("team-Ada.gpkg")), QFileInfo(m_fixture.qpath("x")).absolutePath());
        QTRY_VERIFY(window->findChild<QWidget*>("joinDialog") != nullptr);
        QVERIFY(idle(*window));
        QVERIFY(closed(*window));
    }

    void aTableSaysWhoGetsWhatAndWhatIsWrongWithItIsSaid() {
        const auto window = m_fixture.openWindow(m_fixture.makeInventory("listed.gpkg"));
        QVERIFY(window);
        const auto write = [&](const char* rows) {
            QFile file(m_fixture.qpath("who.csv"));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(rows) > 0);
        };
        write("glacier,part\nBig Glacier,Theo\nNo Glacier,Ada\n");
        keys(*window, Qt::Key_J);
        QTRY_VERIFY(openDialog("splitDialog"));
        auto* dialog = openDialog("splitDialog");
        auto* by = part<QComboBox>(dialog, "splitBy");
        by->setFocus();
        QTest::keyClick(by, Qt::Key_End);
        QCOMPARE(by->currentText(), QString("a table"));
        const auto* state = part<QLabel>(dialog, "splitState");
        QTRY_COMPARE(state->text(), QString("Choose the file."));
        auto* path = part<QWidget>(dialog, "splitList")->findChild<QLineEdit*>();
        path->setText(m_fixture.qpath("who.csv"));
        QTRY_VERIFY2(state->text().contains("Row 3 of") && state->text().contains("No Glacier"),
                     qPrintable(state->text()));
        QVERIFY(!part<QPushButton>(dialog, "splitDo")->isEnabled());
        picture(*dialog, "care_split_problem");
        write("glacier,part\nBig Glacier,Theo\nSmall Glacier,Ada\n");
        path->setText({});
        path->setText(m_fixture.qpath("who.csv"));
        QTRY_COMPARE(part<QTableWidget>(dialog, "splitParts")->rowCount(), 2);
        QCOMPARE(part<QTableWidget>(dialog, "splitParts")->item(0, 0)->text(), QString("Theo"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(idle(*window));
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowCareTest)
#include "window_care_test.moc"
