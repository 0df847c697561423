// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/welcome_page.h"

#include "ui/base/owned.h"
#include "ui/window/recent_list.h"

#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace nunatak::ui::window {

namespace {

constexpr int contentWidth = 860;
constexpr int startWidth = 264;
constexpr int logoSide = 56;

QLabel* heading(const QString& text, double morePoints) {
    auto* label = owned<QLabel>(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() + morePoints);
    font.setBold(true);
    label->setFont(font);
    return label;
}

QLabel* paleText(const QString& text) {
    auto* label = owned<QLabel>(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

QPushButton* bigButton(const char* name, const char* icon, const QString& text, const QString& tip) {
    auto* button = owned<QPushButton>(QIcon::fromTheme(QLatin1String(icon)), text);
    button->setObjectName(QLatin1String(name));
    button->setIconSize(QSize(22, 22));
    button->setFixedSize(startWidth, 44);
    button->setStyleSheet(
        QStringLiteral("QPushButton { text-align: left; padding: 0 14px; border-radius: 6px;"
                       " border: 1px solid palette(mid); background: palette(button); }"
                       "QPushButton:hover { border-color: palette(highlight); }"
                       "QPushButton:focus { border: 2px solid palette(highlight); padding: 0 13px; }"
                       "QPushButton:pressed { background: palette(midlight); }"));
    button->setToolTip(tip);
    return button;
}

QLayout* title() {
    auto* logo = owned<QLabel>();
    logo->setPixmap(QApplication::windowIcon().pixmap(logoSide, logoSide));
    auto* words = owned<QVBoxLayout>();
    words->setSpacing(2);
    words->addWidget(heading(WelcomePage::tr("Nunatak"), 13));
    words->addWidget(paleText(
        WelcomePage::tr("Glacier outlines from satellite scenes: predict, correct, teach, compare.")));
    auto* row = owned<QHBoxLayout>();
    row->setSpacing(18);
    row->addWidget(logo, 0, Qt::AlignVCenter);
    row->addLayout(words, 1);
    return row;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    auto* create = bigButton("welcomeNew", "document-new", tr("New project from scene…"),
                             tr("Make a project from a scene file or from rasters (Ctrl+N)"));
    auto* scene = bigButton("welcomeScene", "map-globe", tr("Open scene…"),
                            tr("Open Landsat or Sentinel products, an elevation model, rasters "
                               "(Ctrl+Shift+O), or drop them on this window"));
    auto* open =
        bigButton("welcomeOpen", "document-open", tr("Open project…"), tr("Open a project (Ctrl+O)"));
    auto* demo = bigButton("welcomeDemo", "media-playback-start", tr("Try the demo"),
                           tr("Open a simulated mountain range with its outlines; nothing is downloaded"));

    auto* start = owned<QVBoxLayout>();
    start->setSpacing(10);
    start->addWidget(heading(tr("Start"), 2));
    start->addWidget(scene);
    start->addWidget(create);
    start->addWidget(open);
    start->addWidget(demo);
    auto* about = paleText(tr("The demo is a simulated mountain range with the outlines an expert would "
                              "draw, and a few glaciers left to look at."));
    about->setFixedWidth(startWidth);
    start->addWidget(about);
    start->addStretch(1);

    m_recent = owned<RecentList>();
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setMinimumHeight(280);
    m_none = paleText(tr("Projects that you open appear here."));
    auto* recent = owned<QVBoxLayout>();
    recent->setSpacing(10);
    auto* recentHeading = heading(tr("Recent projects"), 2);
    for (auto* label : {recentHeading, m_none}) {
        label->setIndent(RecentList::textIndent); // above the names, which keep clear of their frame
    }
    recent->addWidget(recentHeading);
    recent->addWidget(m_none);
    recent->addWidget(m_recent, 1);
    recent->addStretch(0);

    auto* columns = owned<QHBoxLayout>();
    columns->setSpacing(56);
    columns->addLayout(start);
    columns->addLayout(recent, 1);

    auto* content = owned<QWidget>();
    content->setMaximumWidth(contentWidth);
    auto* column = owned<QVBoxLayout>(content);
    column->addLayout(title());
    column->addSpacing(32);
    column->addLayout(columns);

    auto* layout = owned<QGridLayout>(this);
    layout->addWidget(content, 1, 1);
    layout->setRowStretch(0, 2);
    layout->setRowStretch(2, 3);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 6);
    layout->setColumnStretch(2, 1);

    connect(create, &QPushButton::clicked, this, &WelcomePage::newRequested);
    connect(scene, &QPushButton::clicked, this, &WelcomePage::sceneRequested);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
    connect(m_recent, &RecentList::chosen, this, &WelcomePage::recentRequested);
}

void WelcomePage::setRecent(const QStringList& files) {
    m_recent->setFiles(files);
    m_none->setVisible(files.isEmpty());
    m_recent->setVisible(!files.isEmpty());
}

} // namespace nunatak::ui::window
