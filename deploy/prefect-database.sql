-- Beside Etappi's own database, which the image makes: the Prefect server's, which may be thrown away.
create database prefect;
