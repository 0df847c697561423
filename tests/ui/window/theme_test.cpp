// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/marginalia/compass.h"
#include "ui/marginalia/legend_box.h"
#include "ui/marginalia/scale_readout.h"
#include "ui/window/appearance.h"
#include "ui/window/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QIcon>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak::ui;
using nunatak::ui::ThemeChoice;
using nunatak::ui::UserSettings;
using nunatak::ui::window::applyAppearance;
using nunatak::ui::window::Colors;
using nunatak::ui::window::paletteOf;
using nunatak::ui::window::Theme;

namespace {

const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");

bool looksDark() {
    return QApplication::palette().color(QPalette::Window).lightness() < 100;
}

} // namespace

/// The part of a desktop portal that tells of dark and light, on a message bus of the test's own.
class FakePortal : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

    void change(QDBusConnection bus, uint newScheme) {
        scheme = newScheme;
        auto signal =
            QDBusMessage::createSignal(portalPath, "org.freedesktop.portal.Settings", "SettingChanged");
        signal << "org.freedesktop.appearance"
               << "color-scheme" << QVariant::fromValue(QDBusVariant(scheme));
        QVERIFY(bus.send(signal));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString& space, const QString& key) {
        if (space != "org.freedesktop.appearance" || key != "color-scheme") {
            sendErrorReply(QDBusError::UnknownProperty, "no such setting");
            return {};
        }
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }
};

class ThemeTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;

    /// A connection of its own to the test's bus.
    QDBusConnection connection(const char* name) const {
        return QDBusConnection::connectToBus(m_address, QString::fromLatin1(name));
    }

private Q_SLOTS:
    void initTestCase() {
        const auto program = QStandardPaths::findExecutable("dbus-daemon");
        if (program.isEmpty()) {
            return;
        }
        m_daemon.start(program, {"--session", "--nofork", "--print-address=1",
                                 "--address=unix:path=" + m_folder.filePath("bus")});
        QVERIFY(m_daemon.waitForReadyRead(5000));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }

    void cleanupTestCase() {
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }

    void withoutADesktopItIsLightUntilToldOtherwise() {
        QSettings store(m_folder.filePath("a.ini"), QSettings::IniFormat);
        UserSettings settings(store);
        Theme theme(settings, QDBusConnection("nowhere"), nullptr);
        QCOMPARE(theme.choice(), ThemeChoice::Desktop);
        QVERIFY(!looksDark());
        theme.setChoice(ThemeChoice::Dark);
        QVERIFY(looksDark());
        QCOMPARE(QIcon::themeName(), "breeze-dark");
        theme.setChoice(ThemeChoice::Light);
        QVERIFY(!looksDark());
        QCOMPARE(QIcon::themeName(), "breeze");
    }

    void whatStandsOverTheViewIsAsLightAsTheWindow() {
        QSettings store(m_folder.filePath("over.ini"), QSettings::IniFormat);
        UserSettings settings(store);
        Theme theme(settings, QDBusConnection("nowhere"), nullptr);
        nunatak::ui::marginalia::Compass compass(nullptr);
        nunatak::ui::marginalia::ScaleReadout scale(nullptr);
        nunatak::ui::marginalia::LegendBox legend(nullptr);
        scale.setScale(30, true);
        scale.resize(scale.sizeHint());
        legend.setReviews({{"accepted", {}}, {"doubtful", {}}});
        // Drawn over grey: what a plate adds to that, and whether its words stand out from it.
        const auto lightness = [](QWidget& widget) {
            QImage picture(widget.size(), QImage::Format_RGB32);
            picture.fill(QColor(128, 128, 128));
            widget.render(&picture, {}, {}, QWidget::DrawChildren);
            int darkest = 255;
            int brightest = 0;
            double sum = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const int light = qGray(picture.pixel(x, y));
                    darkest = std::min(darkest, light);
                    brightest = std::max(brightest, light);
                    sum += light;
                }
            }
            const bool isReadable = brightest - darkest > 100;
            return isReadable ? sum / (picture.width() * picture.height()) : -1;
        };
        for (QWidget* widget : {static_cast<QWidget*>(&compass), static_cast<QWidget*>(&scale),
                                static_cast<QWidget*>(&legend)}) {
            theme.setChoice(ThemeChoice::Light);
            QVERIFY2(lightness(*widget) > 140, qPrintable(widget->objectName()));
            theme.setChoice(ThemeChoice::Dark);
            const double dark = lightness(*widget);
            QVERIFY2(dark > 0 && dark < 110, qPrintable(widget->objectName()));
        }
        theme.setChoice(ThemeChoice::Light);
    }

    void theChoiceIsRemembered() {
        QSettings store(m_folder.filePath("b.ini"), QSettings::IniFormat);
        {
            UserSettings settings(store);
            Theme(settings, QDBusConnection("nowhere"), nullptr).setChoice(ThemeChoice::Dark);
        }
        store.sync();
        QSettings again(m_folder.filePath("b.ini"), QSettings::IniFormat);
        QCOMPARE(UserSettings(again).theme(), ThemeChoice::Dark);
        again.setValue("theme", "purple");
        QCOMPARE(UserSettings(again).theme(), ThemeChoice::Desktop);
    }

    void itFollowsTheDesktopWhenAsked() {
        if (m_address.isEmpty()) {
            QSKIP("dbus-daemon is not installed");
        }
        auto portalBus = connection("portal");
        FakePortal portal;
        portal.scheme = 1;
        QVERIFY(portalBus.registerObject(portalPath, &portal, QDBusConnection::ExportAllSlots));
        QVERIFY(portalBus.registerService("org.freedesktop.portal.Desktop"));

        QSettings store(m_folder.filePath("c.ini"), QSettings::IniFormat);
        UserSettings settings(store);
        Theme theme(settings, connection("program"), nullptr);
        QTRY_VERIFY(looksDark()); // as the portal said when it was asked
        portal.change(portalBus, 2);
        QTRY_VERIFY(!looksDark());
        portal.change(portalBus, 1);
        QTRY_VERIFY(looksDark());
        // A choice of the user's own is stronger.
        theme.setChoice(ThemeChoice::Light);
        QVERIFY(!looksDark());
        portal.change(portalBus, 1);
        QTest::qWait(100);
        QVERIFY(!looksDark());
    }

    void everyTextCanBeReadOnItsGround_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyTextCanBeReadOnItsGround() {
        QFETCH(bool, dark);
        const auto palette = paletteOf(dark ? Colors::Dark : Colors::Light);
        // Contrast ratio of WCAG 2.1; 4.5 is its level AA for text.
        const auto luminance = [](const QColor& color) {
            const auto linear = [](double c) {
                return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
                   0.0722 * linear(color.blueF());
        };
        const auto contrast = [&](QPalette::ColorRole a, QPalette::ColorRole b) {
            const double first = luminance(palette.color(a));
            const double second = luminance(palette.color(b));
            return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
        };
        for (const auto ground :
             {QPalette::Window, QPalette::Base, QPalette::Button, QPalette::AlternateBase}) {
            QVERIFY(contrast(QPalette::Text, ground) > 7);
            QVERIFY(contrast(QPalette::PlaceholderText, ground) > 4.5);
        }
        QVERIFY(contrast(QPalette::HighlightedText, QPalette::Highlight) > 3);
        QVERIFY(contrast(QPalette::ToolTipText, QPalette::ToolTipBase) > 7);
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    applyAppearance(application);
    ThemeTest test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}
#include "theme_test.moc"
