// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/welcome_page.h"

#include "charts/owned.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace nunatak::ui {

namespace {

QLabel* heading(const QString& text, double morePoints, bool bold) {
    auto* label = owned<QLabel>(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() + morePoints);
    font.setBold(bold);
    label->setFont(font);
    return label;
}

QPushButton* bigButton(const QString& icon, const QString& text, const QString& tip) {
    auto* button = owned<QPushButton>(QIcon::fromTheme(icon), text);
    button->setIconSize(QSize(22, 22));
    button->setMinimumHeight(40);
    button->setMinimumWidth(230);
    button->setStyleSheet(QStringLiteral("text-align: left; padding: 6px 14px;"));
    button->setToolTip(tip);
    return button;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    auto* create = bigButton(QStringLiteral("document-new"), tr("New project from scene…"),
                             tr("Make a project from a scene file or from rasters (Ctrl+N)"));
    create->setObjectName(QStringLiteral("welcomeNew"));
    auto* scene = bigButton(QStringLiteral("map-globe"), tr("Open scene…"),
                            tr("Open Landsat or Sentinel products, an elevation model, rasters "
                               "(Ctrl+Shift+O), or drop them on this window"));
    scene->setObjectName(QStringLiteral("welcomeScene"));
    auto* open =
        bigButton(QStringLiteral("document-open"), tr("Open project…"), tr("Open a project (Ctrl+O)"));
    open->setObjectName(QStringLiteral("welcomeOpen"));
    auto* hint = owned<QLabel>(tr("No scene at hand? Let the program invent one:<br>"
                                  "<code>nunatak-cli simulate --out demo/ --seed 1</code><br>"
                                  "then make a new project from <code>demo/scene.json</code>."));
    hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);

    auto* start = owned<QVBoxLayout>();
    start->setSpacing(10);
    start->addWidget(heading(tr("Start"), 2, true));
    start->addWidget(scene);
    start->addWidget(create);
    start->addWidget(open);
    start->addSpacing(16);
    start->addWidget(hint);
    start->addStretch(1);

    m_recent = owned<QListWidget>();
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->setMinimumWidth(360);
    m_recent->setMinimumHeight(220);
    m_recent->setSpacing(2);
    m_recent->setCursor(Qt::PointingHandCursor);
    m_none = owned<QLabel>(tr("Projects that you open appear here."));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    auto* recent = owned<QVBoxLayout>();
    recent->setSpacing(10);
    recent->addWidget(heading(tr("Recent projects"), 2, true));
    recent->addWidget(m_none);
    recent->addWidget(m_recent, 1);
    recent->addStretch(0);

    auto* columns = owned<QHBoxLayout>();
    columns->setSpacing(48);
    columns->addLayout(start);
    columns->addLayout(recent, 1);

    auto* content = owned<QWidget>();
    content->setMaximumWidth(820);
    auto* column = owned<QVBoxLayout>(content);
    column->addWidget(heading(tr("Nunatak"), 14, true));
    auto* subtitle =
        owned<QLabel>(tr("Glacier outlines from satellite scenes: predict, correct, teach, compare."));
    subtitle->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(subtitle);
    column->addSpacing(24);
    column->addLayout(columns);

    auto* layout = owned<QGridLayout>(this);
    layout->addWidget(content, 1, 1);
    layout->setRowStretch(0, 2);
    layout->setRowStretch(2, 3);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 4);
    layout->setColumnStretch(2, 1);

    connect(create, &QPushButton::clicked, this, &WelcomePage::newRequested);
    connect(scene, &QPushButton::clicked, this, &WelcomePage::sceneRequested);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(m_recent, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { Q_EMIT recentRequested(item->data(Qt::UserRole).toString()); });
}

void WelcomePage::setRecent(const QStringList& files) {
    m_recent->clear();
    for (const auto& file : files) {
        const QFileInfo info(file);
        auto* item = owned<QListWidgetItem>(
            QIcon::fromTheme(QStringLiteral("map-globe")),
            QStringLiteral("%1\n%2").arg(info.completeBaseName(), info.absolutePath()), m_recent);
        item->setData(Qt::UserRole, file);
        item->setToolTip(file);
    }
    m_none->setVisible(files.isEmpty());
    m_recent->setVisible(!files.isEmpty());
}

} // namespace nunatak::ui
