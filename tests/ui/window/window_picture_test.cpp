// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the view, and the overview map over it, in the real window.
#include "window_fixture.h"

#include "ui/marginalia/overview_map.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QImageReader>
#include <QLineEdit>
#include <QPushButton>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::viewport::Viewport;

namespace {

/// Presses Save in the picture dialog and gives the file's name in the next one.
void saveAs(const QString& file) {
    auto* dialog = openDialog("pictureDialog");
    QVERIFY(dialog != nullptr);
    QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
    QTRY_VERIFY(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()));
    auto* files = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    auto* name = files->findChild<QLineEdit*>("fileNameEdit");
    name->setText(file);
    QTest::keyClick(name, Qt::Key_Return);
}

void chooseFormat(QWidget* dialog, const QString& text) {
    auto* format = dialog->findChild<QComboBox*>("pictureFormat");
    format->setCurrentIndex(format->findText(text, Qt::MatchStartsWith));
}

} // namespace

class WindowPictureTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

private Q_SLOTS:
    void aPictureInPixelsHasThatWidth() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("pixels.gpkg"));
        QVERIFY(window);
        window->action("savePicture")->trigger();
        QTRY_VERIFY(openDialog("pictureDialog"));
        auto* dialog = openDialog("pictureDialog");
        dialog->findChild<QComboBox*>("pictureUnit")->setCurrentIndex(0);
        dialog->findChild<QDoubleSpinBox*>("pictureWidth")->setValue(1500);
        saveAs(m_fixture.qpath("view.png"));
        QTRY_VERIFY(window->isIdle() && QFile::exists(m_fixture.qpath("view.png")));
        const QImage picture(m_fixture.qpath("view.png"));
        QCOMPARE(picture.width(), 1500);
        QVERIFY(std::abs(picture.height() -
                         1500.0 * window->viewport()->height() / window->viewport()->width()) < 3);
    }

    void eightThousandPixelsCanBeHad() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("large.gpkg"));
        QVERIFY(window);
        window->viewport()->setView(Viewport::View::Oblique);
        QTRY_VERIFY(!window->viewport()->isFlying());
        window->action("savePicture")->trigger();
        QTRY_VERIFY(openDialog("pictureDialog"));
        auto* dialog = openDialog("pictureDialog");
        // A picture in perspective has neither grid nor inset, and is no vector map.
        QVERIFY(!dialog->findChild<QCheckBox*>("pictureGrid")->isEnabled());
        QVERIFY(!dialog->findChild<QCheckBox*>("pictureGrid")->isChecked());
        dialog->findChild<QDoubleSpinBox*>("pictureWidth")->setValue(8192);
        chooseFormat(dialog, "JPEG");
        saveAs(m_fixture.qpath("large.jpg"));
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && QFile::exists(m_fixture.qpath("large.jpg")), 60000);
        QCOMPARE(QImageReader(m_fixture.qpath("large.jpg")).size().width(), 8192);
    }

    void fromAboveThereArePdfAndSvg_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("file");
        QTest::newRow("PDF") << "PDF"
                             << "map.pdf";
        QTest::newRow("SVG") << "SVG"
                             << "map.svg";
    }
    void fromAboveThereArePdfAndSvg() {
        QFETCH(QString, format);
        QFETCH(QString, file);
        const auto window = m_fixture.openWindow(m_fixture.makeProject(qPrintable(format + ".gpkg")));
        QVERIFY(window);
        window->action("savePicture")->trigger();
        QTRY_VERIFY(openDialog("pictureDialog"));
        chooseFormat(openDialog("pictureDialog"), format);
        const auto path = m_fixture.qpath(qPrintable(file));
        saveAs(path);
        QTRY_VERIFY(window->isIdle() && QFile::exists(path));
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto data = written.readAll();
        if (format == "SVG") {
            // Yellow outlines as lines, not as pixels; the legend names the layer.
            QVERIFY(data.contains("stroke=\"#ffdd33\""));
            QVERIFY(data.contains("expert"));
        } else {
            QVERIFY(data.startsWith("%PDF"));
        }
    }

    void theViewIsCopiedWithItsScale() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("copy.gpkg"));
        QVERIFY(window);
        QApplication::clipboard()->clear();
        QTest::keyClick(window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(!QApplication::clipboard()->image().isNull());
        const auto copied = QApplication::clipboard()->image();
        QCOMPARE(copied.width(), window->viewport()->width());
        QVERIFY(copied != window->viewport()->picture(copied.size()));
    }

    void theOverviewShowsWhereTheViewIsAndMovesIt() {
        const auto window = m_fixture.openWindow(m_fixture.makeProject("overview.gpkg"));
        QVERIFY(window);
        auto* overview = window->findChild<ui::marginalia::OverviewMap*>();
        QVERIFY(!overview->isVisible()); // the view shows all of the scene itself
        const auto big = m_fixture.big();
        window->viewport()->frame({big.x - 300, big.y - 200, big.x + 300, big.y + 200}, false);
        QVERIFY(overview->isVisible());
        // Where the glacier is in the small map, the small map is bright.
        const auto shot = overview->grab().toImage();
        const auto at = overview->toWidget({big.x + 400, big.y}).toPoint();
        QVERIFY(shot.pixelColor(at).lightness() > 150);
        QVERIFY(shot.pixelColor(overview->toWidget(m_fixture.rock()).toPoint()).lightness() < 120);
        const auto goal = m_fixture.small();
        QTest::mouseClick(overview, Qt::LeftButton, {}, overview->toWidget(goal).toPoint());
        const auto middle = window->viewport()->pick(QPointF(window->viewport()->rect().center()));
        QVERIFY(middle.has_value());
        QVERIFY(std::hypot(middle->map.x - goal.x, middle->map.y - goal.y) <
                60); // two pixels of the small map
        QTest::keyClick(window.get(), Qt::Key_V);
        QVERIFY(!overview->isVisible());
        QTest::keyClick(window.get(), Qt::Key_V);
        QVERIFY(overview->isVisible());
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowPictureTest)
#include "window_picture_test.moc"
