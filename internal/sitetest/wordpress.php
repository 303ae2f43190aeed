<?php
// The WordPress of Debian on a database, with contents, in the folder that GOODWORD_WORDPRESS names. Served by php -S it is the site at
// GOODWORD_SITE, with this file in place of its index.php and wp-config.php. On the command line it does what stands on standard input;
// with the word "install" it is set up first.
$folder = getenv('GOODWORD_WORDPRESS');
$script = PHP_SAPI === 'cli';
mysqli_report(MYSQLI_REPORT_OFF);
if ($script) {
    file_put_contents("$folder/doing", getmypid()); // to be ended with the servers, should the test end first
    register_shutdown_function('unlink', "$folder/doing");
    $_SERVER['HTTP_HOST'] = parse_url(getenv('GOODWORD_SITE'), PHP_URL_HOST);
    $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
    $_SERVER['REMOTE_ADDR'] = '127.0.0.1';
    $_SERVER['REQUEST_URI'] = '/';
    if (in_array('install', $argv, true)) {
        define('WP_INSTALLING', true);
        mysqli_query(mysqli_connect('localhost', 'root', '', '', 0, "$folder/db"), 'CREATE DATABASE wordpress') or exit(1);
    }
}
define('ABSPATH', '/usr/share/wordpress/');
define('WP_CONTENT_DIR', "$folder/content");
define('WP_HOME', getenv('GOODWORD_SITE'));
define('WP_SITEURL', getenv('GOODWORD_SITE'));
define('DB_HOST', "localhost:$folder/db");
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_CHARSET', 'utf8mb4');
define('WP_HTTP_BLOCK_EXTERNAL', true); // it asks no other computer
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
define('WP_DEBUG', false);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without encryption: it is on this computer
$table_prefix = 'wp_';
require ABSPATH . 'wp-settings.php';
if ($script) {
    require ABSPATH . 'wp-admin/includes/admin.php'; // wp_install too
    require ABSPATH . 'wp-admin/includes/upgrade.php';
    eval(stream_get_contents(STDIN));
    exit;
}
define('WP_USE_THEMES', true);
wp();
require ABSPATH . WPINC . '/template-loader.php';
