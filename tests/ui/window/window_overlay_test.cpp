// SPDX-License-Identifier: GPL-3.0-or-later
// How the ground is painted, and what lies over the picture, in a real window.
#include "window_fixture.h"

#include "ui/ground/overlay_box.h"
#include "ui/ground/picture_panel.h"
#include "ui/ground/pointer_panel.h"
#include "ui/marginalia/color_bar.h"
#include "ui/pictures/scene_picture.h"

#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

using namespace nunatak;
using namespace nunatak::ui;
using nunatak::ui::ground::PointerPanel;
using nunatak::ui::marginalia::ColorBar;
using nunatak::ui::pictures::showProject;
using nunatak::ui::viewport::Viewport;
using nunatak::ui::window::MainWindow;
using namespace nunatak::tests;

namespace {

/// Chooses an entry as a click on it does.
bool choose(QComboBox* box, const QString& data) {
    const int index = box->findData(data);
    if (index < 0) {
        return false;
    }
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
    return true;
}

double meanDifference(const QImage& a, const QImage& b) {
    double sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QColor p = a.pixelColor(x, y);
            const QColor q = b.pixelColor(x, y);
            sum +=
                std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue());
        }
    }
    return sum / (3.0 * a.width() * a.height());
}

} // namespace

class WindowOverlayTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    std::unique_ptr<MainWindow> openPicture(const std::string& file) const {
        auto window = m_fixture.openWindow(file);
        if (window != nullptr) {
            auto* dock = part<QDockWidget>(window.get(), "pictureDock");
            dock->show();
            dock->raise();
        }
        return window;
    }
    /// A raster of one value over the scene's western half.
    QString rasterFile(const char* name, float value) const {
        raster::RasterLayout layout;
        layout.grid = m_fixture.grid();
        layout.grid.columns /= 2;
        layout.bandNames = {"speed"};
        raster::RasterWriter writer(m_fixture.path(name), layout);
        Image<float> pixels(1, layout.grid.rows, layout.grid.columns, value);
        pixels.at(0, 0, 0) = value - 10;
        writer.write(pixels, 0, 0);
        writer.finish();
        return m_fixture.qpath(name);
    }
    static QColor colorAt(MainWindow& window, geo::Point map) {
        if (!QTest::qWaitFor(
                [&] {
                    window.viewport()->grabFramebuffer();
                    return window.isIdle() && window.viewport()->isSharp();
                },
                20000)) {
            return {};
        }
        return window.viewport()->grabFramebuffer().pixelColor(placeOf(window, map));
    }

private Q_SLOTS:
    void theStretchFollowsTheViewOrIsKeptFromIt() {
        const auto file = m_fixture.makeProject("stretch.gpkg");
        const auto brightness = [&](MainWindow& window) {
            return colorAt(window, m_fixture.big()).lightness() -
                   colorAt(window, m_fixture.rock()).lightness();
        };
        {
            const auto window = openPicture(file);
            QVERIFY(window);
            auto* of = part<QComboBox>(window.get(), "pictureStretchOf");
            QVERIFY(of->isVisible());
            QCOMPARE(of->currentText(), QString("Whole scene"));
            const int whole = brightness(*window);
            QVERIFY(whole > 100);
            // Near the rock the grain of the ground fills the range; it does not by the whole scene.
            const auto nearRock = [&] {
                window->viewport()->frame({m_fixture.rock().x - 300, m_fixture.rock().y - 200,
                                           m_fixture.rock().x + 300, m_fixture.rock().y + 200},
                                          false);
            };
            const auto grain = [&] {
                colorAt(*window, m_fixture.rock());
                const auto shown = window->viewport()->grabFramebuffer();
                int least = 255;
                int most = 0;
                for (int x = shown.width() / 3; x < 2 * shown.width() / 3; x += 4) {
                    const int here = qGray(shown.pixel(x, shown.height() / 2));
                    least = std::min(least, here);
                    most = std::max(most, here);
                }
                return most - least;
            };
            nearRock();
            const int before = grain();
            of->setCurrentIndex(1);
            Q_EMIT of->activated(1);
            QTRY_VERIFY2_WITH_TIMEOUT(grain() > before + 60, qPrintable(QString::number(before)), 20000);
            picture(*window, "stretch-view");
            // It follows to where there is ice again.
            window->viewport()->frame(m_fixture.grid().extent(), false);
            QTRY_VERIFY_WITH_TIMEOUT(std::abs(brightness(*window) - whole) < 40, 20000);
            // Kept from near the rock, ice is as bright as the screen goes wherever one looks.
            nearRock();
            colorAt(*window, m_fixture.rock());
            part<QToolButton>(window.get(), "pictureStretchFromView")->click();
            QTRY_COMPARE_WITH_TIMEOUT(of->currentText(), QString("Kept from a view"), 20000);
            window->viewport()->frame(m_fixture.grid().extent(), false);
            QTRY_VERIFY_WITH_TIMEOUT(colorAt(*window, m_fixture.big()).lightness() > 250, 20000);
            QTRY_VERIFY(window->isIdle());
            QVERIFY(closed(*window));
        }
        const auto window = openPicture(file);
        QVERIFY(window);
        QCOMPARE(part<QComboBox>(window.get(), "pictureStretchOf")->currentText(),
                 QString("Kept from a view"));
        QVERIFY(colorAt(*window, m_fixture.big()).lightness() > 250);
        picture(*window, "stretch-kept");
        // By the whole scene again it is as at first.
        auto* of = part<QComboBox>(window.get(), "pictureStretchOf");
        of->setCurrentIndex(0);
        Q_EMIT of->activated(0);
        QVERIFY(brightness(*window) > 100);
        QVERIFY(closed(*window));
    }

    void whatTheGroundIsPaintedWithChangesAtOnceAndIsKept() {
        const auto file = m_fixture.makeProject("paint.gpkg");
        {
            const auto window = openPicture(file);
            QVERIFY(window);
            auto* kind = part<QComboBox>(window.get(), "pictureKind");
            QVERIFY(choose(kind, "hillshade"));
            auto* light = part<QComboBox>(window.get(), "pictureLight");
            QVERIFY(light->isVisible());
            QVERIFY(!part<QSlider>(window.get(), "pictureGamma")->isVisible());
            // A slope to the west is bright with the sun in the west and dark with the sun in the east.
            light->setCurrentIndex(light->count() - 1);
            Q_EMIT light->activated(light->count() - 1);
            auto* azimuth = part<QDoubleSpinBox>(window.get(), "sunAzimuth");
            QVERIFY(azimuth->isVisible());
            part<QDoubleSpinBox>(window.get(), "sunElevation")->setValue(30);
            const auto slope = m_fixture.grid().toMap(18 * 3.14159 * 2, 5); // rises eastwards
            azimuth->setValue(270);
            const int lit = colorAt(*window, slope).lightness();
            azimuth->setValue(90);
            const int shaded = colorAt(*window, slope).lightness();
            QVERIFY2(lit > shaded + 40, qPrintable(QString("%1 %2").arg(lit).arg(shaded)));
            QVERIFY(choose(kind, "elevation"));
            const auto* legend = part<ColorBar>(window.get(), "pictureLegend");
            QVERIFY(legend->isVisible());
            QCOMPARE(legend->legend()->unit, std::string("m"));
            auto* corner = window->viewport()->findChild<QWidget*>("legend");
            QVERIFY(corner->isVisible());
            QVERIFY(choose(part<QComboBox>(window.get(), "pictureColors"), "ember"));
            colorAt(*window, slope);
            picture(*window, "elevation");
            QVERIFY(choose(kind, "natural"));
            QVERIFY(!corner->isVisible());
            QVERIFY(choose(kind, "bands"));
            QVERIFY(choose(part<QComboBox>(window.get(), "pictureRed"), "nir"));
            part<QSlider>(window.get(), "pictureGamma")->setValue(20);
            QTRY_VERIFY(window->isIdle());
            QVERIFY(closed(*window));
        }
        const auto window = openPicture(file);
        QVERIFY(window);
        QCOMPARE(part<QComboBox>(window.get(), "pictureKind")->currentData().toString(), QString("bands"));
        QCOMPARE(part<QComboBox>(window.get(), "pictureRed")->currentText(), QString("nir"));
        QCOMPARE(part<QSlider>(window.get(), "pictureGamma")->value(), 20);
        QCOMPARE(window->viewport()->drapeStyle().composite.bands[0], std::string("nir"));
        QCOMPARE(window->viewport()->drapeStyle().sun.azimuth, 90.0);
        QVERIFY(closed(*window));
    }

    void aRasterOfTheUserLiesOverThePictureAndIsThereAgain() {
        const auto file = m_fixture.makeProject("over.gpkg");
        const auto speed = rasterFile("speed.tif", 50);
        const auto west = m_fixture.rock();
        const auto east = m_fixture.grid().toMap(140, 110);
        QString id;
        {
            const auto window = openPicture(file);
            QVERIFY(window);
            const QColor bare = colorAt(*window, west);
            const QColor bareEast = colorAt(*window, east);
            QTest::mouseClick(part<QToolButton>(window.get(), "addOverlay"), Qt::LeftButton);
            QTRY_VERIFY(openDialog("addOverlayDialog") != nullptr);
            auto* dialog = qobject_cast<QDialog*>(openDialog());
            dialog->findChild<QLineEdit*>()->setText(speed);
            QTest::keyClick(dialog, Qt::Key_Return);
            auto* overlay = part<QComboBox>(window.get(), "overlay");
            QTRY_VERIFY(overlay->currentData().toString().startsWith("file:"));
            id = overlay->currentData().toString();
            auto* opacity = part<QSlider>(window.get(), "overlayOpacity");
            QTRY_COMPARE(opacity->value(), 70);
            opacity->setValue(100);
            part<QDoubleSpinBox>(window.get(), "overlayLow")->setValue(0);
            part<QDoubleSpinBox>(window.get(), "overlayHigh")->setValue(50);
            // At the top of its range: the map's last colour, a light yellow.
            const QColor covered = colorAt(*window, west);
            QVERIFY2(covered != bare && covered.red() > 200 && covered.blue() < 160,
                     qPrintable(covered.name()));
            QCOMPARE(colorAt(*window, east), bareEast);
            QVERIFY(window->viewport()->findChild<QWidget*>("legend")->isVisible());
            picture(*window, "overlay");
            // And the panel says what it is there.
            auto* panel = window->findChild<PointerPanel*>();
            QTest::mouseMove(window->viewport(), placeOf(*window, west));
            QTRY_COMPARE(panel->value("speed.tif"), QString("50"));
            QTest::mouseMove(window->viewport(), placeOf(*window, east));
            QTRY_COMPARE(panel->value("speed.tif"), QString("no data"));
            part<QDoubleSpinBox>(window.get(), "overlayHigh")->setValue(500);
            const QColor low = colorAt(*window, west);
            QVERIFY2(low.lightness() < covered.lightness() - 60, qPrintable(low.name()));
            QVERIFY(closed(*window));
        }
        const auto window = openPicture(file);
        QVERIFY(window);
        auto* overlay = part<QComboBox>(window.get(), "overlay");
        QTRY_COMPARE(overlay->currentData().toString(), id);
        const QColor again = colorAt(*window, west);
        auto* remove = part<QToolButton>(window.get(), "removeOverlay");
        QVERIFY(remove->isEnabled());
        QTest::mouseClick(remove, Qt::LeftButton);
        QCOMPARE(overlay->findData(id), -1);
        QVERIFY(colorAt(*window, west) != again);
        QVERIFY(closed(*window));
    }

    void aFileThatIsNoRasterIsSaidAndLeavesThePicture() {
        const auto window = openPicture(m_fixture.makeProject("bad.gpkg"));
        QVERIFY(window);
        QTest::mouseClick(part<QToolButton>(window.get(), "addOverlay"), Qt::LeftButton);
        QTRY_VERIFY(openDialog("addOverlayDialog") != nullptr);
        auto* dialog = qobject_cast<QDialog*>(openDialog());
        dialog->findChild<QLineEdit*>()->setText(m_fixture.qpath("nowhere.tif"));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(qobject_cast<QMessageBox*>(openDialog()) != nullptr);
        QVERIFY(qobject_cast<QMessageBox*>(openDialog())->text().contains("nowhere.tif") ||
                qobject_cast<QMessageBox*>(openDialog())->informativeText().contains("nowhere.tif"));
        QTest::keyClick(openDialog(), Qt::Key_Escape);
        QVERIFY(part<QComboBox>(window.get(), "overlay")->currentData().toString().isEmpty());
    }

    void aPictureWithoutAWindowHasTheRasterToo() {
        const auto file = m_fixture.makeProject("cli.gpkg");
        const auto speed = rasterFile("speed2.tif", 50);
        QImage shown;
        {
            const auto window = openPicture(file);
            QVERIFY(window);
            QTest::mouseClick(part<QToolButton>(window.get(), "addOverlay"), Qt::LeftButton);
            QTRY_VERIFY(openDialog("addOverlayDialog") != nullptr);
            auto* dialog = qobject_cast<QDialog*>(openDialog());
            dialog->findChild<QLineEdit*>()->setText(speed);
            QTest::keyClick(dialog, Qt::Key_Return);
            QTRY_COMPARE(part<QSlider>(window.get(), "overlayOpacity")->value(), 70);
            colorAt(*window, m_fixture.rock());
            shown = window->viewport()->picture({300, 200});
            QVERIFY(closed(*window));
        }
        Viewport view(installPaths().shaders);
        view.resize(300, 200);
        showProject(view, *project::Project::open(file, project::Access::ReadOnly), std::nullopt);
        QVERIFY(meanDifference(view.picture({300, 200}), shown) < 2);
        view.setOverlay({});
        QVERIFY(meanDifference(view.picture({300, 200}), shown) > 10);

        QFile::remove(speed);
        QVERIFY_THROWS_EXCEPTION(
            Error, showProject(view, *project::Project::open(file, project::Access::ReadOnly), std::nullopt));
    }

    void confidenceOfAPredictionLiesOverThePictureOnceThereIsOne() {
        const auto window = openPicture(m_fixture.makeProject("confidence.gpkg"));
        QVERIFY(window);
        auto* overlay = part<QComboBox>(window.get(), "overlay");
        const auto has = [&](const QString& beginning) {
            for (int i = 0; i < overlay->count(); ++i) {
                if (overlay->itemData(i).toString().startsWith(beginning)) {
                    return overlay->itemData(i).toString();
                }
            }
            return QString();
        };
        QVERIFY(has("prediction:confidence").isEmpty());
        QVERIFY(!has("scene:dem/slope").isEmpty());
        part<QAction>(window.get(), "predict")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window->isIdle() && !has("prediction:confidence").isEmpty(), 30000);
        QVERIFY(!has("difference:").isEmpty());
        QVERIFY(choose(overlay, has("prediction:confidence")));
        QTRY_VERIFY(window->viewport()->drapeStyle().overlay.opacity > 0);
        colorAt(*window, m_fixture.rock());
        picture(*window, "confidence");
        QVERIFY(choose(overlay, has("difference:")));
        QTRY_COMPARE(window->viewport()->drapeStyle().overlay.low, -1.0);
        colorAt(*window, m_fixture.rock());
        picture(*window, "difference");
        QVERIFY(closed(*window));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowOverlayTest)
#include "window_overlay_test.moc"
